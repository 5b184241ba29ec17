import * as pulumi from "@pulumi/pulumi";
import type {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";

/** One resource as a program registered it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Empty where it has none. */
  readonly provider: string;
  /** URN of the parent; empty for none. */
  readonly parent: string;
  readonly protect: boolean;
}

/** What running a stack without an engine came to. */
export interface RecordedStack {
  /** Sorted by type and name; without the stack itself. */
  readonly resources: readonly Recorded[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * Runs a stack's program without an engine, as a deployment in which everything is known.
 *
 * @param needs outputs of the stacks that it refers to, by stack name
 */
export async function recordStack(
  stack: string,
  needs: Readonly<Record<string, object>>,
  program: () => Promise<Record<string, unknown>>,
): Promise<RecordedStack> {
  const resources: Recorded[] = [];
  let outputs: Readonly<Record<string, unknown>> = {};
  await pulumi.runtime.setMocks(mocks(needs), "atoll", stack, false, "organization");
  const monitor = pulumi.runtime.getMonitor() as unknown as WatchedMonitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    if (request.getType() !== "pulumi:pulumi:Stack") resources.push(recordedOf(request));
    return register(request, callback);
  };
  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, callback) => {
    if (request.getUrn().includes("pulumi:pulumi:Stack::")) {
      outputs = request.getOutputs()?.toJavaScript() ?? {};
    }
    registerOutputs(request, callback);
  };
  await pulumi.runtime.runInPulumiStack(program);
  await pulumi.runtime.disconnect(false);
  const key = ({ type, name }: Recorded) => `${type} ${name}`;
  return { resources: resources.sort((a, b) => (key(a) < key(b) ? -1 : 1)), outputs };
}

interface WatchedMonitor {
  registerResource(request: RegisterResourceRequest, callback: unknown): Promise<void>;
  registerResourceOutputs(request: RegisterResourceOutputsRequest, callback: unknown): void;
}

function recordedOf(request: RegisterResourceRequest): Recorded {
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: request.getObject()?.toJavaScript() ?? {},
    provider: request.getProvider(),
    parent: request.getParent(),
    protect: request.getProtect() === true,
  };
}

function mocks(needs: Readonly<Record<string, object>>): pulumi.runtime.Mocks {
  return {
    newResource: ({ type, name, inputs }) => {
      const given = inputs as Readonly<Record<string, unknown>>;
      if (type === "pulumi:pulumi:StackReference") {
        const stack = String(given["name"]).split("/").at(-1) ?? "";
        return { id: name, state: { ...given, outputs: needs[stack] ?? {} } };
      }
      const computed = { arn: `${type}/${name}`, publicIp: "192.0.2.1", roots: [{ id: "r-1" }] };
      return { id: `${name}-id`, state: { ...computed, allocationId: name, ...given } };
    },
    call: ({ token }) => {
      throw new TypeError(`the recorder answers no data source, ${token} included`);
    },
  };
}
