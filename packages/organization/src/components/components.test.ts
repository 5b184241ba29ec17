import type { Recorded } from "@atoll/testing";

import { AccountBaseline, OrganizationResources } from "../components.ts";
import { defineStack } from "../stack.ts";
import { one, recordStack } from "../testing/record-stack.ts";
import { account, sampleInput, withAccount, type Changes } from "../testing/sample.ts";

describe("OrganizationResources", () => {
  const accounts = [
    account("management", 1, { kind: "management" }),
    account("network", 2, { kind: "network", ou: "Infrastructure", owner: "net" }),
    account("fresh", 3, { lifecycle: "requested", id: undefined, ou: "Workloads/Production" }),
    account("vended", 4, { lifecycle: "vended" }),
    account("old", 5, { lifecycle: "suspended" }),
    account("gone", 6, { lifecycle: "closed" }),
  ];
  const input = sampleInput({
    accounts,
    guardrails: {
      serviceControlPolicies: { "deny-root-user": ["Root", "Workloads/Production", "gone"] },
      resourceControlPolicies: { "enforce-organization-access": ["network"] },
      delegatedAdministrators: {
        "guardduty.amazonaws.com": "network",
        "config.amazonaws.com": "gone",
      },
    },
  });
  const program = (more: object = {}) =>
    defineStack({
      kind: "management",
      needs: [],
      program: ({ organization, provider }) => {
        const resources = new OrganizationResources("org", { organization, ...more }, { provider });
        return {
          organizationId: resources.organizationId,
          accounts: resources.accountIds,
          units: resources.unitIds,
        };
      },
    });
  const make = (more: object = {}) => recordStack(program(more), { stack: "management", input });

  test("makes units, accounts, policies and what hangs on them, with stable names", async () => {
    const { resources, outputs } = await make();
    const made = resources.filter(({ type }) => !type.startsWith("pulumi:"));
    const names = made.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);

    expect(names).toEqual([
      "OrganizationResources org",
      "Account org/account/fresh",
      "Account org/account/network",
      "Account org/account/old",
      "Account org/account/vended",
      "DelegatedAdministrator org/administrator/network/guardduty.amazonaws.com",
      "Organization org",
      "OrganizationalUnit org/unit/Infrastructure",
      "OrganizationalUnit org/unit/Workloads",
      "OrganizationalUnit org/unit/Workloads/Development",
      "OrganizationalUnit org/unit/Workloads/Production",
      "Policy org/policy/deny-root-user",
      "Policy org/policy/enforce-organization-access",
      "Policy org/policy/quarantine",
      "PolicyAttachment org/attachment/deny-root-user/Root",
      "PolicyAttachment org/attachment/deny-root-user/Workloads/Production",
      "PolicyAttachment org/attachment/enforce-organization-access/network",
      "PolicyAttachment org/attachment/quarantine/fresh",
      "PolicyAttachment org/attachment/quarantine/vended",
    ]);
    expect(outputs).toMatchObject({
      organizationId: "o-a1b2c3d4e5",
      accounts: { management: "111111111111", network: "111111111112" },
      units: { "Workloads/Production": "org/unit/Workloads/Production#id" },
    });
    for (const { type, provider, parent } of resources) {
      if (!type.startsWith("aws:")) continue;
      expect(provider).toContain("::aws::");
      expect(parent).toBe("org");
    }
  });

  test("locks: accounts are imported, protected and stay in AWS, and are never replaced", async () => {
    const { resources } = await make();
    const options = (name: string) =>
      one(resources, "aws:organizations/account:Account", `org/account/${name}`).options;
    const kept = { retainOnDelete: true, ignoreChanges: ["email", "name", "roleName"] };

    expect(options("network")).toEqual({ ...kept, protect: true, import: "111111111112" });
    expect(options("fresh")).toEqual({ ...kept, protect: true });
    // A suspended account may leave the state; AWS keeps it.
    expect(options("old")).toEqual({ ...kept, import: "111111111115" });
    expect(one(resources, "aws:organizations/organization:Organization").options).toEqual({
      protect: true,
      retainOnDelete: true,
    });
    expect(
      one(resources, "aws:organizations/delegatedAdministrator:DelegatedAdministrator").options,
    ).toEqual({ protect: true });
  });

  test("accounts are in their units, with the role that Atoll will assume and their owner's tags", async () => {
    const { resources } = await make();
    const inputs = (name: string) =>
      one(resources, "aws:organizations/account:Account", `org/account/${name}`).inputs;

    expect(inputs("network")).toMatchObject({
      name: "network",
      email: "aws+network@example.com",
      parentId: "org/unit/Infrastructure#id",
      roleName: "AtollDeploy",
      closeOnDeletion: false,
      tags: { owner: "net", environment: "shared", "atoll:stack": "management" },
    });
    expect(inputs("vended")["parentId"]).toBe("r-a1b2");
  });

  test("the organization turns on what the guardrails need, and policies wait for it", async () => {
    const { resources } = await make({ servicePrincipals: ["sso.amazonaws.com"] });
    const organization = one(resources, "aws:organizations/organization:Organization");
    const policy = one(resources, "aws:organizations/policy:Policy", "org/policy/quarantine");

    expect(organization.inputs).toMatchObject({
      featureSet: "ALL",
      enabledPolicyTypes: ["RESOURCE_CONTROL_POLICY", "SERVICE_CONTROL_POLICY"],
      awsServiceAccessPrincipals: ["guardduty.amazonaws.com", "sso.amazonaws.com"],
    });
    expect(policy.dependencies.join()).toContain("Organization org");
    expect(policy.inputs["content"]).toContain("role/AtollDeploy");
  });

  test("a policy that names the organization gets its id, which only AWS knows", async () => {
    const { resources } = await make();
    const name = "org/policy/enforce-organization-access";
    const { content } = one(resources, "aws:organizations/policy:Policy", name).inputs;

    expect(content).toContain('"aws:PrincipalOrgID":"o-a1b2c3d4e5"');
    expect(content).not.toContain("{{");
  });

  test("attachments name the root, a unit or an account", async () => {
    const { resources } = await make();
    const target = (key: string) =>
      one(resources, "aws:organizations/policyAttachment:PolicyAttachment", `org/attachment/${key}`)
        .inputs["targetId"];

    expect(target("deny-root-user/Root")).toBe("r-a1b2");
    expect(target("deny-root-user/Workloads/Production")).toBe("org/unit/Workloads/Production#id");
    expect(target("enforce-organization-access/network")).toBe("111111111112");
    expect(target("quarantine/fresh")).toBe("org/account/fresh#id");
  });

  test("an organization that is there already is taken over as it is, while adopting", async () => {
    const existing = { organizationId: "o-old", unitIds: { Workloads: "ou-1" } };
    const { resources } = await make({ existing, adopting: true });

    expect(one(resources, "aws:organizations/organization:Organization").options).toEqual({
      import: "o-old",
      protect: true,
      retainOnDelete: true,
      ignoreChanges: ["awsServiceAccessPrincipals", "enabledPolicyTypes", "featureSet"],
    });
    const unit = (name: string) =>
      one(resources, "aws:organizations/organizationalUnit:OrganizationalUnit", `org/unit/${name}`);
    expect(unit("Workloads").options).toEqual({
      import: "ou-1",
      ignoreChanges: ["tags", "tagsAll"],
    });
    expect(unit("Infrastructure").options).toEqual({});
    expect(
      one(resources, "aws:organizations/account:Account", "org/account/network").options,
    ).toMatchObject({
      ignoreChanges: ["email", "name", "roleName", "parentId", "tags", "tagsAll"],
    });
  });

  test("overrides replace what the component says, and a key that is not there is refused", async () => {
    const overrides = { accounts: { network: { iamUserAccessToBilling: "DENY" } } };
    const { resources } = await make({ overrides });

    expect(
      one(resources, "aws:organizations/account:Account", "org/account/network").inputs,
    ).toMatchObject({ iamUserAccessToBilling: "DENY" });
    await expect(
      make({ overrides: { accounts: { gone: {} }, policies: { nothing: {} } } }),
    ).rejects.toMatchObject({
      problems: [
        { code: "OVERRIDE_UNKNOWN_KEY", path: 'org.overrides.accounts["gone"]' },
        { code: "OVERRIDE_UNKNOWN_KEY", path: 'org.overrides.policies["nothing"]' },
      ],
    });
  });
});

describe("AccountBaseline", () => {
  const make = (changes: Changes, more: object = {}) =>
    recordStack(
      defineStack({
        kind: "network",
        needs: [],
        program: ({ account: own, settings, provider }) => {
          new AccountBaseline("baseline", { account: own, settings, ...more }, { provider });
          return { vpcId: "", zones: [] };
        },
      }),
      {
        input: {
          ...withAccount(1, changes),
          regions: ["eu-west-1", "eu-central-1", "ap-east-1"],
          optInRegions: ["ap-east-1"],
        },
      },
    );
  const names = (resources: readonly Recorded[]) =>
    resources
      .filter(({ type }) => type.startsWith("aws:"))
      .map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);

  test("closes what AWS leaves open, in every region of the account", async () => {
    const { resources } = await make({});

    expect(names(resources)).toEqual([
      "Analyzer baseline-analyzer-eu-west-1",
      "EncryptionByDefault baseline-encryption-eu-west-1",
      "SnapshotBlockPublicAccess baseline-snapshots-eu-west-1",
      "DefaultNetworkAcl baseline-default-vpc-eu-west-1",
      "DefaultSecurityGroup baseline-default-vpc-eu-west-1",
      "DefaultVpc baseline-default-vpc-eu-west-1",
      "ImageBlockPublicAccess baseline-images-eu-west-1",
      "InstanceMetadataDefaults baseline-metadata-eu-west-1",
      "VpcBlockPublicAccessOptions baseline-public-traffic-eu-west-1",
      "AccountPasswordPolicy baseline-passwords",
      "AccountPublicAccessBlock baseline-public-access",
    ]);
    const regional = resources.filter(({ name }) => name.endsWith("-eu-west-1"));
    for (const { inputs } of regional) expect(inputs["region"]).toBe("eu-west-1");
    expect(
      one(resources, "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults").inputs,
    ).toMatchObject({
      httpTokens: "required",
    });
    expect(
      one(resources, "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock").inputs,
    ).toEqual({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(
      one(resources, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs,
    ).toMatchObject({
      ingress: [],
      egress: [],
    });
  });

  test("each region has its own, and an opt-in region is switched on first", async () => {
    const { resources } = await make({ regions: ["eu-west-1", "ap-east-1"] });
    const region = one(resources, "aws:account/region:Region");
    const inRegion = resources.filter(
      ({ name }) => name.endsWith("ap-east-1") && name !== region.name,
    );

    expect(region.inputs).toEqual({ regionName: "ap-east-1", enabled: true });
    expect(inRegion).toHaveLength(9);
    for (const { dependencies } of inRegion) expect(dependencies.join()).toContain(region.name);
    for (const { name, dependencies } of resources) {
      if (name.endsWith("-eu-west-1")) expect(dependencies.join()).not.toContain(region.name);
    }
  });

  test("an account with addresses keeps its way to the internet", async () => {
    const { resources } = await make({ addresses: { pool: "main", prefixLength: 20 } });

    expect(names(resources).join()).not.toContain("VpcBlockPublicAccessOptions");
  });

  test("a budget tells the account's own address", async () => {
    const { resources } = await make({ monthlyBudgetUsd: 250 });
    const { inputs } = one(resources, "aws:budgets/budget:Budget");

    expect(inputs).toMatchObject({ limitAmount: "250", limitUnit: "USD", timeUnit: "MONTHLY" });
    expect(inputs["notifications"]).toMatchObject([
      {
        notificationType: "ACTUAL",
        threshold: 80,
        subscriberEmailAddresses: ["aws+network@example.com"],
      },
      { notificationType: "FORECASTED", threshold: 100 },
    ]);
  });

  test("parts can be left out or overridden, and a region that is not the account's is refused", async () => {
    const { resources } = await make(
      {},
      {
        lockDefaultVpc: false,
        accessAnalyzer: false,
        blockPublicVpcTraffic: false,
        overrides: { instanceMetadata: { "eu-west-1": { httpPutResponseHopLimit: 1 } } },
      },
    );

    expect(names(resources)).toHaveLength(6);
    expect(
      one(resources, "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults").inputs,
    ).toMatchObject({
      httpPutResponseHopLimit: 1,
    });
    await expect(
      make({}, { overrides: { defaultVpc: { "us-east-1": {} } } }),
    ).rejects.toMatchObject({ problems: [{ code: "OVERRIDE_UNKNOWN_KEY" }] });
  });
});
