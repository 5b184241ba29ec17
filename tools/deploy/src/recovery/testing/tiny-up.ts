import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";

/** What the program makes: the inputs of each resource by name. `after` names one whose address it takes. */
export type TinyProgram = Readonly<Record<string, Readonly<Record<string, string>>>>;

class Provider extends pulumi.ProviderResource {
  constructor(name: string) {
    super("tiny", name, {}, { version: "1.0.0" });
  }
}

class Thing extends pulumi.CustomResource {
  declare readonly address: pulumi.Output<string>;

  constructor(
    name: string,
    args: Readonly<Record<string, pulumi.Input<string>>>,
    options: pulumi.CustomResourceOptions,
  ) {
    super(
      "tiny:index:Thing",
      name,
      { address: undefined, ...args },
      { ...options, version: "1.0.0" },
    );
  }
}

function program(things: TinyProgram): () => Promise<Record<string, unknown>> {
  return () => {
    const provider = new Provider("tiny");
    const parent = new pulumi.ComponentResource("atoll:test:Group", "group");
    const made = new Map<string, Thing>();
    for (const [name, { after = "", ...inputs }] of Object.entries(things)) {
      const other = made.get(after);
      const args = other === undefined ? inputs : { ...inputs, on: other.address };
      made.set(name, new Thing(name, args, { provider, parent }));
    }
    return Promise.resolve(
      Object.fromEntries([...made].map(([name, thing]) => [name, thing.address])),
    );
  };
}

// A process of its own, so that a test can kill the program along with everything else.
const [workDir = "", stackName = "", things = "{}"] = process.argv.slice(2);
const stack = await LocalWorkspace.createOrSelectStack(
  { projectName: "acme", stackName, program: program(JSON.parse(things) as TinyProgram) },
  { workDir },
);
try {
  await stack.up();
} catch {
  // Pulumi's runtime, once loaded, lets a process whose promise was rejected exit with 0.
  process.exit(1);
}
