import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { DeployedOrganization } from "./testing/deployed-organization.ts";
import { changes, statuses, tail, well, type Report } from "./testing/report.ts";

/*
 * Six accounts, brought up by Pulumi's real engine in a sandbox, changed, drifted and destroyed. The tests are one story:
 * each goes on where the one before it ended.
 */

jest.setTimeout(240_000);

let organization: DeployedOrganization;

beforeAll(() => {
  organization = DeployedOrganization.reference();
});
afterAll(() => {
  organization.remove();
});

const STACKS = ["management", "security", "network", "delivery", "workloads-dev", "workloads-prod"];
const all = (status: string) => Object.fromEntries(STACKS.map((stack) => [stack, status]));

interface AccountFile {
  readonly resources: readonly {
    readonly type: string;
    readonly id: string;
    readonly origin: string;
  }[];
}

/** What exists in each account of the sandbox, as `<type> <id>`, sorted. */
function sandbox(): Readonly<Record<string, readonly string[]>> {
  const folder = join(organization.local, "sandbox", "accounts");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(
    files.map((name) => {
      const { resources } = JSON.parse(readFileSync(join(folder, name), "utf8")) as AccountFile;
      return [name, resources.map(({ type, id }) => `${type} ${id}`).sort()];
    }),
  );
}

test("a preview changes nothing, and makes no sandbox", async () => {
  const { exitCode } = await organization.run("preview");
  expect(exitCode).toBe(0);
});

test("six accounts are brought up in one command", async () => {
  const report = well(await organization.json<Report>("up", "--sandbox", "--yes"));
  expect(statuses(report)).toEqual(all("ok"));
  expect(report.stacks.flatMap(({ operations }) => operations).length).toBeGreaterThan(200);
});

test("a second time there is nothing to do, and the engine is not asked", async () => {
  const report = await organization.json<Report>("up", "--sandbox", "--yes");
  expect(statuses(report)).toEqual(all("unchanged"));
});

test("asked all the same, the engine finds no change", async () => {
  const report = well(await organization.json<Report>("up", "--sandbox", "--yes", "--all"));
  expect(statuses(report)).toEqual(all("ok"));
  expect(changes(report)).toEqual({});
});

test("nothing has drifted", async () => {
  const { exitCode, out } = await organization.run("drift", "--sandbox", "--json");
  expect((JSON.parse(out) as Report).drift.flatMap(({ resources }) => resources)).toEqual([]);
  expect(exitCode).toBe(0);
});

test("a change in the network account reaches the workloads", async () => {
  organization.edit("organization.ts", (text) =>
    text
      .replace(
        'homeRegion: "eu-west-1",',
        'homeRegion: "eu-west-1",\n  regions: ["eu-west-1", "eu-central-1"],',
      )
      .replace(
        'kind: "network",',
        'kind: "network",\n      regions: ["eu-west-1", "eu-central-1"],',
      ),
  );
  expect((await organization.run("addresses", "allocate")).exitCode).toBe(0);
  const report = well(await organization.json<Report>("up", "--sandbox", "--yes"));
  const changed = changes(report);
  expect(changed["network"]).toContain("create aws:ec2/vpc:Vpc vpc-eu-central-1");
  for (const workload of ["workloads-dev", "workloads-prod"]) {
    expect(changed[workload]).toEqual([
      "update aws:ec2/securityGroup:SecurityGroup shared-services-eu-west-1",
    ]);
  }
});

test("what cannot be changed in place is replaced, and the old one goes", async () => {
  const before = sandbox()["555555555555.json"] ?? [];
  organization.overrideProgram("workload", (text) =>
    text.replace("HTTPS from the network account's shared services", "HTTPS from elsewhere"),
  );
  const report = well(await organization.json<Report>("up", "--sandbox", "--yes", "workloads-dev"));
  expect(changes(report)).toEqual({
    "workloads-dev": ["replace aws:ec2/securityGroup:SecurityGroup shared-services-eu-west-1"],
  });
  const after = sandbox()["555555555555.json"] ?? [];
  const groups = (list: readonly string[]) =>
    list.filter((each) => each.startsWith("aws:ec2/securityGroup:"));
  expect(groups(after)).toHaveLength(groups(before).length);
  expect(groups(after)).not.toEqual(groups(before));
  expect(after).toHaveLength(before.length);
});

test("a change behind Pulumi's back is drift: both values are named, and reverting takes it back", async () => {
  const urn = `urn:pulumi:network::${organization.name}::atoll:networking:Vpc$aws:ec2/vpc:Vpc::vpc-eu-west-1`;
  const set = await organization.run("sandbox", "set", urn, "enableDnsHostnames=false");
  expect(set.exitCode).toBe(0);
  const { exitCode, out } = await organization.run("drift", "--sandbox", "--json", "network");
  expect(exitCode).toBe(1);
  const [drift] = (JSON.parse(out) as Report).drift;
  expect(drift?.resources).toMatchObject([
    {
      urn,
      kind: "changed",
      properties: [{ path: "enableDnsHostnames", actual: false, code: true }],
    },
  ]);
  const text = await organization.run("drift", "--sandbox", "network");
  expect(text.out).toContain("atoll up network --refresh");
  expect(text.out).toContain("enableDnsHostnames");
  well(
    await organization.json<Report>("up", "--sandbox", "--yes", "--refresh", "--all", "network"),
  );
  expect((await organization.run("drift", "--sandbox", "network")).exitCode).toBe(0);
});

test("destroying leaves what is locked and says so; everything else is as it was before", async () => {
  const report = well(await organization.json<Report>("destroy", "--sandbox", "--yes"));
  const kept = Object.fromEntries(
    report.kept.map(({ stack, urns }) => [stack, urns.map(tail).sort()]),
  );
  expect(kept).toMatchSnapshot();
  const locked = new Set(Object.values(keptIds()).flat());
  const rest = (accounts: ReturnType<typeof sandbox>) =>
    Object.fromEntries(
      Object.entries(accounts).map(([file, resources]) => [
        file,
        resources
          .filter((each) => !locked.has(each) && !isLeftByTheProvider(each))
          // This one got a region later, and its default VPC there is dealt anew by a reset.
          .map((each) => (file === "333333333333.json" ? (each.split(" ")[0] ?? "") : each)),
      ]),
    );
  const left = rest(sandbox());
  // As AWS would hand the accounts out now, with the region that was added.
  await organization.run("sandbox", "reset");
  expect(left).toEqual(rest(sandbox()));
});

/**
 * What stays besides what is locked, by type, and where that is from: terraform-provider-aws, read 2026-11-27, and AWS's
 * documentation.
 */
const LEFT_BY_THE_PROVIDER: readonly string[] = [
  // Its deletion only takes it out of the state.
  "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
  // A bucket's versioning can be suspended, not taken away.
  "aws:s3/bucketVersioning:BucketVersioning",
  // The organization stays, and with it the policies that AWS attaches to its units and accounts.
  "aws:organizations/policy:Policy p-RCPFullAWSAccess",
  "aws:organizations/policyAttachment:PolicyAttachment",
];

function isLeftByTheProvider(resource: string): boolean {
  return LEFT_BY_THE_PROVIDER.some((start) => resource.startsWith(start));
}

/** What the states still hold, as `<type> <id>`, by stack. */
function keptIds(): Readonly<Record<string, readonly string[]>> {
  const folder = join(organization.local, "backend", ".pulumi", "stacks", organization.name);
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(
    files.map((name) => {
      const { checkpoint } = JSON.parse(readFileSync(join(folder, name), "utf8")) as {
        readonly checkpoint: {
          readonly latest?: {
            readonly resources?: readonly { readonly type: string; readonly id?: string }[];
          };
        };
      };
      const resources = checkpoint.latest?.resources ?? [];
      return [name, resources.map(({ type, id = "" }) => `${type} ${id}`)];
    }),
  );
}
