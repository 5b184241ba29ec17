import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as automation from "@pulumi/pulumi/automation/index.js";
import { prepareSandbox } from "./index.ts";
const [command = "up", ...stacks] = process.argv.slice(2);
const root = "/work/main";
const base = process.env["SBX"] ?? "/tmp/sbx/run";
const sandbox = `${base}/sandbox`;
mkdirSync(`${base}/backend`, { recursive: true });
const file = process.env["ATOLL_ORGANIZATION"] ?? `${root}/stacks/organization.ts`;
const definition = (await import(pathToFileURL(file).href)).default;
console.log(prepareSandbox({ folder: sandbox, organization: definition.organization }));
const main = (await import(`${root}/stacks/main.ts`)).default;
const envVars = {
  PULUMI_HOME: "/tmp/sbx/home",
  PULUMI_BACKEND_URL: `file://${base}/backend`,
  PULUMI_CONFIG_PASSPHRASE: "x",
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
  ATOLL_SANDBOX: sandbox,
  ...(process.env["ATOLL_SANDBOX_FAULTS"]
    ? { ATOLL_SANDBOX_FAULTS: process.env["ATOLL_SANDBOX_FAULTS"] }
    : {}),
};
const pulumiCommand = await automation.PulumiCommand.get({
  root: "/tmp/pcli",
  skipVersionCheck: true,
});
for (const stackName of stacks.length
  ? stacks
  : ["management", "security", "network", "delivery", "workloads-dev", "workloads-prod"]) {
  const stack = await automation.LocalWorkspace.createOrSelectStack(
    { stackName, projectName: definition.organization.name, program: main },
    {
      pulumiCommand,
      envVars,
      workDir: undefined,
      projectSettings: {
        name: definition.organization.name,
        runtime: "nodejs",
        backend: { url: envVars.PULUMI_BACKEND_URL },
      },
    },
  );
  await stack.setConfig("pulumi:disable-default-providers", { value: "[]" }).catch(() => undefined);
  const t = performance.now();
  const lines: string[] = [];
  try {
    const options = {
      onOutput: (s: string) => {
        lines.push(s);
      },
      color: "never" as const,
    };
    const result =
      command === "up"
        ? await stack.up(options)
        : command === "preview"
          ? await stack.preview(options)
          : command === "refresh"
            ? await stack.refresh(options)
            : await stack.destroy(options);
    console.log(
      stackName,
      command,
      JSON.stringify("summary" in result ? result.summary.resourceChanges : result.changeSummary),
      `${((performance.now() - t) / 1000).toFixed(1)} s`,
    );
    if (process.env["V"]) console.log(lines.join(""));
  } catch (error) {
    console.log(
      stackName,
      "FAILED",
      lines.join("").slice(-3000),
      process.env["V"] ? (error as Error).message : "",
    );
  }
}
void path;
process.exit(0);
