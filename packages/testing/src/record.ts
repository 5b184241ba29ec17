import * as pulumi from "@pulumi/pulumi";

import { compareText } from "@atoll/core";

import { watchRequests, type Recorded } from "./recorded.ts";

/** What AWS would compute for a resource (not a component), by the name of the output; `id` is its id. */
export type Computed = (
  resource: Pick<Recorded, "type" | "name" | "inputs">,
) => Readonly<Record<string, unknown>>;

/** As what a program is run, and how the pretended engine answers it. */
export interface RecordOptions {
  /** @default "atoll" */
  readonly project?: string;
  /** @default "recorded" */
  readonly stack?: string;
  /** @default false */
  readonly preview?: boolean;
  /** Outputs of other stacks, by full name (`organization/<project>/<stack>`). @default none */
  readonly stacks?: Readonly<Record<string, object>>;
  /** Laid over the id `<name>-id` and the ARN `<type>/<name>`, and under the inputs. @default nothing more */
  readonly computed?: Computed;
}

/** What running a program came to. */
export interface Recording {
  /** Sorted by type and name; without the stack itself. */
  readonly resources: readonly Recorded[];
  /** Plain values; an unknown one is undefined. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

type Result = { readonly outputs: unknown } | { readonly error: unknown };

/**
 * Runs a program as Pulumi would, in a stack of its own, without an engine, and waits for each resource and output. One
 * at a time: the SDK's state is the process's.
 *
 * @throws whatever the program throws. A data source rejects, because nothing answers it.
 */
export async function record(
  program: () => unknown,
  options: RecordOptions = {},
): Promise<Recording> {
  const { project = "atoll", stack = "recorded", preview = false } = options;
  const resources: Recorded[] = [];
  const mocks = { newResource: answerWith(options), call: refuse };
  await pulumi.runtime.setMocks(mocks, project, stack, preview, "organization");
  watchRequests((resource) => resources.push(resource));
  const result = await run(program);
  await pulumi.runtime.disconnect();
  if ("error" in result) throw result.error;
  return {
    resources: resources
      .filter(({ type }) => type !== "pulumi:pulumi:Stack")
      .sort((a, b) => compareText(a.type, b.type) || compareText(a.name, b.name)),
    outputs: result.outputs as Recording["outputs"],
  };
}

/** An error that reaches the SDK's stack ends the process, so it is caught on the way. */
function run(program: () => unknown): Promise<Result> {
  return new Promise((resolve) => {
    void pulumi.runtime.runInPulumiStack(async () => {
      try {
        const created = collectCreated();
        const outputs = await settled(await program());
        // Grows while it is read: what is created late, inside an output, is waited for too.
        for (const { urn } of created) await settled(urn);
        resolve({ outputs });
      } catch (error) {
        resolve({ error });
      }
    });
  });
}

function collectCreated(): readonly pulumi.Resource[] {
  const created: pulumi.Resource[] = [];
  pulumi.runtime.registerStackTransformation(({ resource }) => {
    created.push(resource);
    return undefined;
  });
  return created;
}

/** Waits for every output; an unknown one comes back as undefined, which is what the SDK makes of it. */
function settled(value: unknown): Promise<unknown> {
  const output = pulumi.output(value) as pulumi.Output<unknown> & { promise(): Promise<unknown> };
  return output.promise();
}

function answerWith({
  stacks = {},
  computed = () => ({}),
}: RecordOptions): pulumi.runtime.Mocks["newResource"] {
  return ({ type, name, inputs: given, id: known, custom }) => {
    const inputs = given as Recorded["inputs"];
    if (custom === false) return { id: "", state: inputs };
    if (type === "pulumi:pulumi:StackReference") {
      return { id: name, state: { ...inputs, outputs: stacks[name] ?? {} } };
    }
    const { id, ...outputs } = {
      id: `${name}-id`,
      arn: `${type}/${name}`,
      ...computed({ type, name, inputs }),
    };
    // What is imported or read has its id already.
    return {
      id: known === undefined || known === "" ? id : known,
      state: { ...outputs, ...inputs },
    };
  };
}

function refuse({ token }: pulumi.runtime.MockCallArgs): never {
  const message = `The recorder answers no data source, ${token} included.`;
  // As from an engine: of its errors the SDK hands on the details alone.
  throw Object.assign(new TypeError(message), { details: message });
}
