import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { findPulumi, installSandboxPlugin, type FoundPulumi } from "@atoll/deploy";
import { defineOrganization, type Organization } from "@atoll/organization";
import { listSandbox, prepareSandbox, setProperty } from "@atoll/sandbox";
import * as pulumi from "@pulumi/pulumi";
import {
  LocalWorkspace,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";

const ROOT = resolve(import.meta.dirname, "../../../..");
const ACCOUNT = "222222222222";
const VPC = "aws:ec2/vpc:Vpc";

/** A resource of package `aws`, without its package. */
class Resource extends pulumi.CustomResource {
  constructor(
    type: string,
    name: string,
    inputs: pulumi.Inputs,
    provider: pulumi.ProviderResource,
  ) {
    super(type, name, inputs, { provider, version: "7.48.0" });
  }
}

class Provider extends pulumi.ProviderResource {
  constructor(inputs: pulumi.Inputs) {
    super("aws", "aws", inputs, { version: "7.48.0" });
  }
}

/** Two accounts, of which one has a stack. */
function organization(): Organization {
  const defined = defineOrganization({
    name: "tiny",
    homeRegion: "eu-west-1",
    accounts: [
      {
        name: "management",
        id: "111111111111",
        email: "aws+m@example.com",
        kind: "management",
        ou: "Root",
      },
      { name: "app", id: ACCOUNT, email: "aws+app@example.com", kind: "workload", ou: "Root" },
    ],
    defaults: { owner: "platform", environment: "shared" },
  });
  if (defined.organization === null) throw new Error(JSON.stringify(defined.problems));
  return defined.organization;
}

interface Wanted {
  readonly cidrBlock: string;
  readonly hostnames: boolean;
}

/** A VPC with two subnets, one of which needs the other for nothing but its time. */
function programOf(wanted: Wanted, deployRole: string): PulumiFn {
  return () => {
    const provider = new Provider({
      region: "eu-west-1",
      allowedAccountIds: JSON.stringify([ACCOUNT]),
      assumeRoles: JSON.stringify([
        { roleArn: ["arn:aws", "iam", "", ACCOUNT, `role/${deployRole}`].join(":") },
      ]),
    });
    const { cidrBlock, hostnames: enableDnsHostnames } = wanted;
    const vpc = new Resource(VPC, "main", { cidrBlock, enableDnsHostnames }, provider);
    for (const number of [1, 2]) {
      const block = cidrBlock.replace(".0.0/16", `.${String(number)}.0/24`);
      new Resource(
        "aws:ec2/subnet:Subnet",
        `s${String(number)}`,
        { vpcId: vpc.id, cidrBlock: block },
        provider,
      );
    }
    return Promise.resolve({});
  };
}

/** Whether a process is a provider of a sandbox in that folder. */
function isProvider(id: string, folder: string): boolean {
  try {
    const command = readFileSync(`/proc/${id}/cmdline`, "utf8");
    const environment = readFileSync(`/proc/${id}/environ`, "utf8");
    return command.includes("tools/sandbox/src/main.ts") && environment.includes(folder);
  } catch {
    return false; // Not a process, or gone by now.
  }
}

describe("the sandbox's provider under the real engine", () => {
  let folder: string;
  let found: FoundPulumi;
  let stack: Stack;
  const first: Wanted = { cidrBlock: "10.0.0.0/16", hostnames: false };
  const faults = (plan: object) => {
    writeFileSync(join(folder, "faults.json"), JSON.stringify(plan));
  };
  const made = () => listSandbox(join(folder, "sandbox"), "app")[0]?.resources ?? [];
  const vpcs = () => made().filter(({ type }) => type === VPC);

  /** Processes of the sandbox's provider that work in the folder, once there are as many as is hoped for. */
  async function providers(isHopedFor: (count: number) => boolean, seconds: number) {
    const until = performance.now() + seconds * 1000;
    for (;;) {
      const now = readdirSync("/proc").filter((id) => isProvider(id, folder));
      if (isHopedFor(now.length) || performance.now() > until) return now;
      await sleep(20);
    }
  }
  const providersFound = () => providers((count) => count > 0, 30);
  const providersLeft = () => providers((count) => count === 0, 3);

  async function deploy(wanted: Wanted) {
    stack.workspace.program = programOf(wanted, organization().deployRoleName);
    const { summary } = await stack.up();
    return summary.resourceChanges;
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "atoll-real-engine-"));
    found = await findPulumi({ target: "sandbox" });
    installSandboxPlugin(join(folder, "home"), ROOT);
    prepareSandbox({ folder: join(folder, "sandbox"), organization: organization() });
    faults({});
    mkdirSync(join(folder, "backend"));
    const cli = join(folder, "cli", "bin");
    mkdirSync(cli, { recursive: true });
    symlinkSync(found.file, join(cli, "pulumi"));
    const backend = pathToFileURL(join(folder, "backend")).href;
    stack = await LocalWorkspace.createStack(
      {
        stackName: "app",
        projectName: "tiny",
        program: programOf(first, organization().deployRoleName),
      },
      {
        pulumiCommand: await PulumiCommand.get({ root: dirname(cli), skipVersionCheck: true }),
        projectSettings: { name: "tiny", runtime: "nodejs", backend: { url: backend } },
        envVars: {
          ATOLL_SANDBOX: join(folder, "sandbox"),
          ATOLL_SANDBOX_FAULTS: join(folder, "faults.json"),
          PULUMI_HOME: join(folder, "home"),
          PULUMI_BACKEND_URL: backend,
          PULUMI_CONFIG_PASSPHRASE: "test",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
        },
      },
    );
  }, 600_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  // One story: each part starts from what the one before left.
  it("makes, leaves alone, changes, replaces, notices drift, survives kills and destroys", async () => {
    expect(await deploy(first)).toEqual({ create: 5 });
    const [vpc] = vpcs();
    expect(vpc?.outputs).toMatchObject({ enableDnsSupport: true });

    expect(await deploy(first)).toEqual({ same: 5 });

    expect(await deploy({ ...first, hostnames: true })).toEqual({ update: 1, same: 4 });
    expect(vpcs().map(({ id }) => id)).toEqual([vpc?.id]);

    const replaced = { cidrBlock: "10.1.0.0/16", hostnames: true };
    expect(await deploy(replaced)).toEqual({ replace: 3, same: 2 });
    expect(vpcs()).toHaveLength(1);
    expect(vpcs()[0]?.id).not.toBe(vpc?.id);

    const resource = vpcs()[0]?.urn ?? "";
    setProperty({
      folder: join(folder, "sandbox"),
      resource,
      property: "enableDnsSupport",
      value: "false",
    });
    expect((await stack.refresh()).summary.resourceChanges).toEqual({ update: 1, same: 4 });
    expect(await deploy(replaced)).toEqual({ update: 1, same: 4 });
    expect(vpcs()[0]?.outputs["enableDnsSupport"]).toBe(true);

    faults({ throttling: { rate: 1, calls: ["update"] } });
    await expect(deploy({ ...replaced, hostnames: false })).rejects.toThrow(/RequestLimitExceeded/);

    faults({ kills: [{ call: 1, calls: ["update"], process: "engine" }] });
    const killed = expect(deploy({ ...replaced, hostnames: false })).rejects.toThrow();
    expect(await providersFound()).toHaveLength(1);
    await killed;
    expect(await providersLeft()).toEqual([]);
    faults({});
    await stack.cancel();
    expect(await deploy({ ...replaced, hostnames: false })).toEqual({ update: 1, same: 4 });

    expect((await stack.destroy()).summary.resourceChanges).toEqual({ delete: 5 });
    expect(made().filter(({ urn }) => urn !== null)).toEqual([]);
  }, 300_000);
});
