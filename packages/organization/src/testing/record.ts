import * as pulumi from "@pulumi/pulumi";
import type {
  ReadResourceRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";

/** One resource as the program asked for it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** `<urn>::<id>`; empty where it has none. */
  readonly provider: string;
  readonly parent: string;
  /** Only what was asked for. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly dependencies: readonly string[];
  /** The id that it is read by; empty for what is registered. */
  readonly readId: string;
}

/** How the pretended engine answers. */
export interface Pretence {
  /** @default false */
  readonly preview?: boolean;
  /** Outputs of other stacks, by full name. @default none */
  readonly stacks?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Monitor {
  registerResource(request: RegisterResourceRequest, callback: unknown): Promise<void>;
  readResource(request: ReadResourceRequest, callback: unknown): Promise<void>;
}

/**
 * Runs a program as Pulumi would, in a stack of its own, without an engine.
 *
 * @returns what it asked for, sorted by type and name, without the stack itself; and its outputs, waited for
 */
export async function record(
  program: () => unknown,
  pretence: Pretence = {},
): Promise<{ readonly resources: readonly Recorded[]; readonly outputs: Record<string, unknown> }> {
  const resources: Recorded[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => answer(type, name, inputs, id, pretence),
      call: ({ token }) => {
        throw new TypeError(`the recorder answers no data source, ${token} included`);
      },
    },
    "acme",
    "recorded",
    pretence.preview ?? false,
    "organization",
  );
  watch((resource) => resources.push(resource));
  // An error that reaches the SDK's stack ends the process, so it is caught on the way and thrown again here.
  const result = await new Promise<{ outputs: unknown } | { error: unknown }>((resolve) => {
    void pulumi.runtime.runInPulumiStack(async () => {
      try {
        resolve({ outputs: await settled(await program()) });
      } catch (error) {
        resolve({ error });
      }
    });
  });
  await pulumi.runtime.disconnect(false);
  if ("error" in result) throw result.error;
  const key = ({ type, name }: Recorded) => `${type} ${name}`;
  return {
    resources: resources
      .filter(({ type }) => type !== "pulumi:pulumi:Stack")
      .sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    outputs: result.outputs as Record<string, unknown>,
  };
}

/** Waits for every output; an unknown one comes back as undefined, which is what the SDK makes of it. */
async function settled(value: unknown): Promise<unknown> {
  const output = pulumi.output(value) as pulumi.Output<unknown> & { promise(): Promise<unknown> };
  return output.promise();
}

function answer(
  type: string,
  name: string,
  inputs: unknown,
  id: string | undefined,
  { stacks = {} }: Pretence,
): { id: string; state: Record<string, unknown> } {
  const state = { ...(inputs as Record<string, unknown>) };
  if (type === "pulumi:pulumi:StackReference") state["outputs"] = stacks[name] ?? {};
  if (type === "aws:organizations/organization:Organization") {
    return {
      id: "o-a1b2c3d4e5",
      state: {
        ...state,
        roots: [{ id: "r-a1b2" }],
        masterAccountId: "111111111111",
        arn: "an-arn",
      },
    };
  }
  return {
    id: id === undefined || id === "" ? `${name}#id` : id,
    state: { arn: `${name}#arn`, ...state },
  };
}

function watch(found: (resource: Recorded) => void): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  const read = monitor.readResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    found({
      type: request.getType(),
      name: request.getName(),
      inputs: request.getObject()?.toJavaScript() ?? {},
      provider: request.getProvider(),
      parent: request.getParent().split("::").at(-1) ?? "",
      options: {
        ...(request.getProtect() === true ? { protect: true } : {}),
        ...(request.getRetainondelete() === true ? { retainOnDelete: true } : {}),
        ...(request.getImportid() === "" ? {} : { import: request.getImportid() }),
        ...(request.getIgnorechangesList().length === 0
          ? {}
          : { ignoreChanges: request.getIgnorechangesList() }),
      },
      dependencies: request.getDependenciesList().map((urn) => urn.split("::").slice(2).join(" ")),
      readId: "",
    });
    return register(request, callback);
  };
  monitor.readResource = (request, callback) => {
    found({
      type: request.getType(),
      name: request.getName(),
      inputs: request.getProperties()?.toJavaScript() ?? {},
      provider: request.getProvider(),
      parent: request.getParent().split("::").at(-1) ?? "",
      options: {},
      dependencies: [],
      readId: request.getId(),
    });
    return read(request, callback);
  };
}
