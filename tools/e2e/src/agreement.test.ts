import { spawn } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { realValues } from "@atoll/deploy";
import type { Preview, StackPreview } from "@atoll/engine";

import { compareStacks, type PulumiResource } from "./agreement/compare-stacks.ts";
import { DeployedOrganization, ROOT } from "./testing/deployed-organization.ts";
import { well, type Report } from "./testing/report.ts";

/* The embedded engine says what Pulumi's does: of all six accounts, before they are deployed and after. */

jest.setTimeout(300_000);

const STACKS = ["management", "security", "network", "delivery", "workloads-dev", "workloads-prod"];

let organization: DeployedOrganization;
let planned: Preview;

beforeAll(async () => {
  organization = DeployedOrganization.reference();
  // Plain Pulumi runs `stacks/main.ts`, which finds packages as Node does.
  symlinkSync(join(ROOT, "node_modules"), join(organization.folder, "node_modules"));
  planned = await organization.json<Preview>("preview");
});
afterAll(() => {
  organization.remove();
});

test("Pulumi's preview has the same resources, and does not know what atoll preview --unknowns does not know", async () => {
  const unknowns = await organization.json<Preview>("preview", "--unknowns");
  await eachStack("pulumi preview --json");
  for (const stack of STACKS) {
    const { steps } = readJson(`${stack}.json`) as { readonly steps: readonly Step[] };
    const pulumi = steps.flatMap(({ newState }) => newState ?? []);
    const differences = compareStacks({
      preview: stackOf(planned, stack),
      unknowns: stackOf(unknowns, stack),
      pulumi,
    });
    expect({ stack, differences }).toEqual({ stack, differences: [] });
    expect(pulumi.length).toBeGreaterThan(5);
  }
});

test("what Pulumi has deployed is what atoll preview has planned", async () => {
  well(await organization.json<Report>("up", "--sandbox", "--yes"));
  await eachStack("pulumi stack export --show-secrets");
  for (const stack of STACKS) {
    const preview = stackOf(planned, stack);
    const { deployment } = readJson(`${stack}.json`) as {
      readonly deployment: { readonly resources: readonly PulumiResource[] };
    };
    const { resources } = deployment;
    const real = realValues(allPlanned(), allReal(stack, resources));
    const differences = compareStacks({ preview, pulumi: resources, real });
    expect({ stack, differences }).toEqual({ stack, differences: [] });
    expect(resources.length).toBeGreaterThan(5);
  }
});

interface Step {
  readonly newState?: PulumiResource;
}

/** Ids and ARNs of other stacks are in a stack's inputs too. */
function allPlanned() {
  return planned.stacks.flatMap(({ resources }) => resources);
}

function allReal(stack: string, own: readonly PulumiResource[]) {
  const others = STACKS.filter((other) => other !== stack).flatMap((other) => {
    const { deployment } = readJson(`${other}.json`) as {
      readonly deployment: { readonly resources: readonly PulumiResource[] };
    };
    return deployment.resources;
  });
  return [...own, ...others];
}

function stackOf(preview: Preview, stack: string): StackPreview {
  const found = preview.stacks.find((each) => each.stack === stack);
  if (found === undefined) throw new TypeError(`no preview of ${stack}`);
  return found;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(organization.folder, file), "utf8"));
}

/** Runs plain Pulumi for every stack, as in a shell in which \`atoll env --sandbox\` was evaluated. */
async function eachStack(command: string): Promise<void> {
  const lines = STACKS.map((stack) => `${command} -s ${stack} > "$OUT/${stack}.json"`);
  const script = ["exports=$(tools/cli/bin/atoll env --sandbox)", 'eval "$exports"', ...lines];
  const child = spawn("sh", ["-e", "-c", script.join("\n")], {
    cwd: ROOT,
    env: {
      ...process.env,
      ATOLL_ORGANIZATION: join(organization.folder, "organization.ts"),
      OUT: organization.folder,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new TypeError(`${command} exited with ${String(code)}:\n${err}`);
}
