import fc from "fast-check";

import { defineOrganization, readOrganization } from "./define-organization.ts";
import { account, findings, organizationOf, sampleInput, withAccount } from "./testing/sample.ts";

describe("a good organization", () => {
  test("has no problem, and every default filled in", () => {
    const organization = organizationOf(sampleInput());

    expect(organization).toMatchObject({
      partition: "aws",
      organizationId: null,
      deployRoleName: "AtollDeploy",
      optInRegions: [],
      tags: {},
      environmentVariables: [],
      quotas: {},
      pools: [{ name: "main", cidr: "10.0.0.0/12" }],
    });
    expect(organization.organizationalUnits).toEqual([
      { path: "Infrastructure", name: "Infrastructure", parent: null },
      { path: "Workloads", name: "Workloads", parent: null },
      { path: "Workloads/Production", name: "Production", parent: "Workloads" },
      { path: "Workloads/Development", name: "Development", parent: "Workloads" },
    ]);
    expect(organization.accounts[1]).toEqual({
      name: "network",
      id: "111111111112",
      email: "aws+network@example.com",
      kind: "network",
      ou: "Infrastructure",
      regions: ["eu-west-1"],
      lifecycle: "active",
      owner: "platform",
      environment: "shared",
      serves: null,
      addresses: null,
      zones: 3,
      units: [],
      tags: {},
      monthlyBudgetUsd: null,
      quotas: {},
    });
  });

  test("gives accounts the defaults that the file states, unless they say otherwise", () => {
    const { accounts } = organizationOf({
      ...withAccount(1, { owner: "net", addresses: null, monthlyBudgetUsd: null }),
      defaults: {
        owner: "core",
        environment: "test",
        zones: 2,
        regions: ["eu-central-1"],
        addresses: { pool: "main", prefixLength: 20 },
        monthlyBudgetUsd: 50,
      },
    });

    expect(accounts[0]).toMatchObject({
      owner: "core",
      environment: "test",
      zones: 2,
      regions: ["eu-central-1"],
      addresses: { pool: "main", prefixLength: 20 },
      monthlyBudgetUsd: 50,
    });
    expect(accounts[1]).toMatchObject({ owner: "net", addresses: null, monthlyBudgetUsd: null });
  });

  test("tells its accounts' names", () => {
    const { accountNames } = defineOrganization({
      name: "acme",
      homeRegion: "eu-west-1",
      accounts: [
        {
          name: "boss",
          id: "111111111111",
          email: "boss@example.com",
          kind: "management",
          ou: "Root",
        },
      ],
    });

    expect(accountNames).toEqual(["boss"]);
  });
});

describe("what is no organization at all", () => {
  test.each([[null], [undefined], ["text"], [[]], [7], [() => 1]])("%p is a problem", (input) => {
    expect(findings(input)).toEqual(["ORGANIZATION_WRONG_TYPE organization"]);
  });

  test("an organization without accounts is a clear error", () => {
    expect(findings(sampleInput({ accounts: [] }))).toEqual(["ORGANIZATION_EMPTY accounts"]);
  });

  test("an unknown attribute is refused, with the name that was probably meant", () => {
    const { problems } = readOrganization({ ...withAccount(1, { emial: "x" }), homeRegoin: "x" });

    expect(problems.map(({ code, path, fix }) => [code, path, fix])).toEqual([
      ["ORGANIZATION_UNKNOWN_ATTRIBUTE", "accounts[1].emial", 'Did you mean "email"?'],
      ["ORGANIZATION_UNKNOWN_ATTRIBUTE", "homeRegoin", 'Did you mean "homeRegion"?'],
    ]);
  });

  test.each([
    [{ name: undefined }, "ORGANIZATION_MISSING_ATTRIBUTE name"],
    [{ partition: "aws-moon" }, "ORGANIZATION_VALUE_NOT_ALLOWED partition"],
    [{ regions: "eu-west-1" }, "ORGANIZATION_WRONG_TYPE regions"],
    [{ tags: { a: 1 } }, "ORGANIZATION_WRONG_TYPE tags.a"],
    [{ defaults: { zones: 7 } }, "ORGANIZATION_VALUE_OUT_OF_RANGE defaults.zones"],
    [{ defaults: { lifecycle: "actve" } }, "ORGANIZATION_VALUE_NOT_ALLOWED defaults.lifecycle"],
    [{ defaults: { ou: "Root" } }, "ORGANIZATION_UNKNOWN_ATTRIBUTE defaults.ou"],
    [
      {
        organizationalUnits: { Infrastructure: 1, Workloads: { Production: {}, Development: {} } },
      },
      "ORGANIZATION_WRONG_TYPE organizationalUnits.Infrastructure",
    ],
  ])("%j has a wrong shape", (changes, expected) => {
    expect(findings(sampleInput(changes))).toContain(expected);
  });

  test("whatever it is given, it throws nothing and reports JSON", () => {
    const known = Object.keys(sampleInput());
    const input = fc.dictionary(fc.constantFrom(...known, "junk"), fc.anything());
    fc.assert(
      fc.property(input, (changes) => {
        const { organization, problems } = readOrganization(sampleInput(changes));
        expect(organization === null).toBe(problems.some(({ severity }) => severity === "error"));
        expect(JSON.parse(JSON.stringify(problems))).toEqual(problems);
      }),
      { numRuns: 300 },
    );
  });
});

describe("accounts", () => {
  test("every problem is found at once, whatever else is wrong", () => {
    const input = sampleInput({
      pools: { main: { cidr: "10.0.0.1/12" } },
      accounts: [
        account("management", 1, { kind: "management" }),
        account("Management", 1, { email: "AWS+management@example.com", ou: "Nowhere" }),
        7,
        account("c", 3, { id: "123", serves: ["d"], typo: true }),
        { name: "e", ou: "Root", email: "nobody", lifecycle: "requested", id: "111111111119" },
      ],
    });

    expect(findings(input)).toEqual([
      "ACCOUNT_EMAIL_DUPLICATE accounts[1].email",
      "ACCOUNT_ID_DUPLICATE accounts[1].id",
      "ACCOUNT_NAME_DUPLICATE accounts[1].name",
      "ACCOUNT_NAME_INVALID accounts[1].name",
      "OU_UNKNOWN accounts[1].ou",
      "ORGANIZATION_WRONG_TYPE accounts[2]",
      "ACCOUNT_ID_INVALID accounts[3].id",
      "SERVES_UNKNOWN accounts[3].serves[0]",
      "ORGANIZATION_UNKNOWN_ATTRIBUTE accounts[3].typo",
      "ACCOUNT_EMAIL_INVALID accounts[4].email",
      "ACCOUNT_ID_TOO_EARLY accounts[4].id",
      "ORGANIZATION_MISSING_ATTRIBUTE accounts[4].kind",
      "CIDR_HOST_BITS pools.main.cidr",
    ]);
  });

  test.each([
    [{ id: undefined }, "ACCOUNT_ID_MISSING accounts[3].id"],
    [{ id: undefined, lifecycle: "vended" }, "ACCOUNT_ID_MISSING accounts[3].id"],
    [{ lifecycle: "requested" }, "ACCOUNT_ID_TOO_EARLY accounts[3].id"],
    [{ name: "a.b" }, "ACCOUNT_NAME_INVALID accounts[3].name"],
    [{ name: `a${"b".repeat(50)}` }, "ACCOUNT_NAME_INVALID accounts[3].name"],
    [{ kind: "Work load" }, "ACCOUNT_KIND_INVALID accounts[3].kind"],
    [{ regions: [] }, "ACCOUNT_WITHOUT_REGION accounts[3].regions"],
    [{ kind: "management" }, "MANAGEMENT_ACCOUNT_DUPLICATE accounts[3].kind"],
    [{ units: [{ name: "B" }] }, "UNIT_NAME_INVALID accounts[3].units[0].name"],
    [{ units: [{ name: "b" }, { name: "b" }] }, "UNIT_NAME_DUPLICATE accounts[3].units[1].name"],
    [{ serves: ["orders-prod"] }, "SERVES_ITSELF accounts[3].serves[0]"],
    [{ owner: "a*b" }, "TAG_VALUE_CHARACTERS accounts[3].owner"],
    [{ tags: { owner: "me" } }, "TAG_KEY_TAKEN accounts[3].tags.owner"],
    [{ tags: { "atoll:stack": "x" } }, 'TAG_KEY_TAKEN accounts[3].tags["atoll:stack"]'],
    [
      { quotas: { "vpc/vpcs-per-region": 1.5 } },
      "QUOTA_VALUE accounts[3].quotas.vpc/vpcs-per-region",
    ],
  ])("%j is refused", (changes, expected) => {
    expect(findings(withAccount(3, changes))).toEqual([expected]);
  });

  test("a requested account needs no id", () => {
    expect(findings(withAccount(3, { id: undefined, lifecycle: "requested" }))).toEqual([]);
  });

  test("there is exactly one management account, and it is at work", () => {
    expect(findings(withAccount(0, { kind: "workload" }))).toEqual([
      "MANAGEMENT_ACCOUNT_MISSING accounts",
    ]);
    expect(findings(withAccount(0, { lifecycle: "closed" }))).toEqual([
      "MANAGEMENT_ACCOUNT_LIFECYCLE accounts[0].lifecycle",
    ]);
    expect(findings(withAccount(0, { ou: "Workloads" }))).toEqual([
      "MANAGEMENT_ACCOUNT_IN_UNIT accounts[0].ou",
    ]);
  });
});

describe("organizational units", () => {
  test("AWS nests them five deep", () => {
    const five = { A: { B: { C: { D: { E: {} } } } } };
    const six = { A: { B: { C: { D: { E: { F: {} } } } } } };
    const units = (tree: object) => ({
      Infrastructure: {},
      Workloads: { Production: {}, Development: {} },
      ...tree,
    });

    expect(findings(sampleInput({ organizationalUnits: units(five) }))).toEqual([]);
    expect(findings(sampleInput({ organizationalUnits: units(six) }))).toEqual([
      "LIMIT_EXCEEDED organizationalUnits.A.B.C.D.E.F",
    ]);
  });

  test("a name that could be mistaken for a path, the root or an account is refused", () => {
    const units = { Infrastructure: {}, Workloads: { Production: {}, Development: {} } };
    expect(
      findings(
        sampleInput({ organizationalUnits: { ...units, "a/b": {}, Root: {}, network: {} } }),
      ),
    ).toEqual([
      "OU_NAME_TAKEN organizationalUnits.Root",
      "OU_NAME_TAKEN organizationalUnits.network",
      'OU_NAME_INVALID organizationalUnits["a/b"]',
    ]);
  });
});

describe("regions", () => {
  test.each([
    [{ regions: ["eu-central-1"] }, "HOME_REGION_NOT_LISTED homeRegion"],
    [{ regions: ["eu-west-1", "ap-east-1"] }, "OPT_IN_REGION_NOT_MARKED regions[1]"],
    [{ optInRegions: ["ap-east-1"] }, "OPT_IN_REGION_NOT_LISTED optInRegions[0]"],
    [{ optInRegions: ["eu-central-1"] }, "OPT_IN_REGION_ON_BY_DEFAULT optInRegions[0]"],
    [{ regions: ["eu-west-1", "cn-north-1"] }, "REGION_IN_OTHER_PARTITION regions[1]"],
    [{ regions: ["eu-west-1", "eu-west-9"] }, "REGION_UNKNOWN regions[1]"],
    [{ regions: ["eu-west-1", "Ireland"] }, "REGION_SYNTAX regions[1]"],
    [{ regions: ["eu-west-1", "eu-west-1"] }, "REGION_DUPLICATE regions[1]"],
    [{ defaults: { regions: ["eu-west-2"] } }, "REGION_NOT_LISTED defaults.regions[0]"],
  ])("%j has a problem, told once", (changes, expected) => {
    expect(findings(sampleInput(changes))).toEqual([expected]);
  });

  test("an opt-in region that is marked is fine, except as the home", () => {
    const marked = { regions: ["eu-west-1", "ap-east-1"], optInRegions: ["ap-east-1"] };

    expect(findings(sampleInput(marked))).toEqual([]);
    expect(findings(sampleInput({ ...marked, homeRegion: "ap-east-1" }))).toEqual([
      "HOME_REGION_OPT_IN homeRegion",
    ]);
  });

  test("a VPC spans no more zones than its region has", () => {
    expect(findings(withAccount(2, { zones: 4 }))).toEqual(["ZONES_TOO_MANY accounts[2].zones"]);
    expect(findings(withAccount(3, { zones: 4 }))).toEqual([]);
  });
});

describe("address pools", () => {
  test("they do not overlap", () => {
    expect(
      findings(
        sampleInput({ pools: { main: { cidr: "10.0.0.0/12" }, other: { cidr: "10.1.0.0/16" } } }),
      ),
    ).toEqual(["POOL_OVERLAP pools.other.cidr"]);
  });

  test.each([
    ["10.0.0.0", "CIDR_SYNTAX pools.main.cidr"],
    ["10.0.0.1/12", "CIDR_HOST_BITS pools.main.cidr"],
    ["fd00::/8", "POOL_NOT_IPV4 pools.main.cidr"],
  ])("%s is no pool", (cidr, expected) => {
    expect(findings(sampleInput({ pools: { main: { cidr } } }))).toEqual([expected]);
  });

  test("an unknown pool is refused, with the name that was probably meant", () => {
    const { problems } = readOrganization(
      withAccount(2, { addresses: { pool: "mian", prefixLength: 16 } }),
    );

    expect(problems).toMatchObject([
      { code: "POOL_UNKNOWN", path: "accounts[2].addresses.pool", fix: 'Did you mean "main"?' },
    ]);
  });

  test("a pool that is too small says by how much, and what would fit", () => {
    const { problems } = readOrganization({
      ...sampleInput({ pools: { main: { cidr: "10.0.0.0/15" } } }),
      defaults: { addresses: { pool: "main", prefixLength: 16 } },
    });

    expect(problems).toMatchObject([
      {
        code: "POOL_TOO_SMALL",
        path: "pools.main.cidr",
        got: "10.0.0.0/15",
        expected: "a /14 or larger",
      },
    ]);
    expect(problems[0]?.message).toContain("131072 too many");
  });

  test("each region of an account draws a block", () => {
    const both = { regions: ["eu-west-1", "eu-central-1"] };
    const pools = { pools: { main: { cidr: "10.0.0.0/16" } } };

    expect(findings({ ...withAccount(2, {}), ...pools })).toEqual([]);
    expect(findings({ ...withAccount(2, both), ...pools })).toEqual([
      "POOL_TOO_SMALL pools.main.cidr",
    ]);
  });
});

describe("guardrails", () => {
  const guard = (guardrails: object) => sampleInput({ guardrails });

  test("policies and targets that exist are fine, and come out sorted", () => {
    const { guardrails } = organizationOf(
      guard({
        serviceControlPolicies: {
          "deny-root-user": ["Workloads", "Infrastructure"],
          "deny-leave-organization": ["Root", "orders-dev"],
        },
      }),
    );

    expect(guardrails.serviceControlPolicies).toEqual([
      { policy: "deny-leave-organization", targets: ["Root", "orders-dev"] },
      { policy: "deny-root-user", targets: ["Infrastructure", "Workloads"] },
    ]);
  });

  test.each([
    [
      { "deny-root-usr": ["Root"] },
      'POLICY_UNKNOWN guardrails.serviceControlPolicies["deny-root-usr"]',
    ],
    [
      { "owner-and-environment": ["Root"] },
      'POLICY_UNKNOWN guardrails.serviceControlPolicies["owner-and-environment"]',
    ],
    [{ quarantine: ["orders-dev"] }, "POLICY_UNKNOWN guardrails.serviceControlPolicies.quarantine"],
    [
      { "deny-root-user": ["Nowhere"] },
      'POLICY_TARGET_UNKNOWN guardrails.serviceControlPolicies["deny-root-user"][0]',
    ],
    [
      { "deny-root-user": ["Root", "Root"] },
      'POLICY_ATTACHED_TWICE guardrails.serviceControlPolicies["deny-root-user"][1]',
    ],
    [
      { "deny-root-user": ["management"] },
      'POLICY_WITHOUT_EFFECT guardrails.serviceControlPolicies["deny-root-user"][0]',
    ],
  ])("%j has a problem", (serviceControlPolicies, expected) => {
    expect(findings(guard({ serviceControlPolicies }))).toEqual([expected]);
  });

  test.each([
    [{ "guardduty.amazonaws.com": "nobody" }, "DELEGATED_ADMINISTRATOR_UNKNOWN"],
    [{ "guardduty.amazonaws.com": "management" }, "DELEGATED_ADMINISTRATOR_IS_MANAGEMENT"],
  ])("%j cannot administer a service", (delegatedAdministrators, code) => {
    expect(findings(guard({ delegatedAdministrators }))).toEqual([
      `${code} guardrails.delegatedAdministrators["guardduty.amazonaws.com"]`,
    ]);
  });

  test("a service is named by its principal", () => {
    expect(findings(guard({ delegatedAdministrators: { guardduty: "network" } }))).toEqual([
      "SERVICE_PRINCIPAL_INVALID guardrails.delegatedAdministrators.guardduty",
    ]);
  });

  const statement = (sid: string) => ({ Sid: sid, Effect: "Deny", Action: "*", Resource: "*" });
  const own = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `own-${index}`,
        {
          type: "service-control",
          document: { Version: "2012-10-17", Statement: [statement(`S${index}`)] },
        },
      ]),
    );
  const attach = (count: number, target: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`own-${index}`, [target]]));

  test("a target carries ten service control policies, FullAWSAccess among them", () => {
    const fits = { ownPolicies: own(9), serviceControlPolicies: attach(9, "orders-dev") };
    const overflows = { ownPolicies: own(10), serviceControlPolicies: attach(10, "orders-dev") };

    expect(findings(guard(fits))).toEqual([]);
    expect(findings(guard(overflows))).toEqual([
      "LIMIT_EXCEEDED guardrails.serviceControlPolicies",
    ]);
  });

  test("quarantine counts too", () => {
    const guardrails = { ownPolicies: own(9), serviceControlPolicies: attach(9, "orders-dev") };

    expect(findings({ ...withAccount(2, { lifecycle: "vended" }), guardrails })).toEqual([
      "LIMIT_EXCEEDED guardrails.serviceControlPolicies",
    ]);
  });

  test("the size of the rendered policy counts, placeholders replaced", () => {
    const document = (length: number) => ({
      Version: "2012-10-17",
      Statement: [
        {
          ...statement("S"),
          Condition: {
            StringNotEquals: { "aws:PrincipalOrgID": "{{organizationId}}", x: "a".repeat(length) },
          },
        },
      ],
    });
    const policy = (length: number) =>
      guard({
        ownPolicies: { mine: { type: "service-control", document: document(length) } },
        serviceControlPolicies: { mine: ["Root"] },
      });
    const fixed = JSON.stringify(document(0)).replace(
      "{{organizationId}}",
      `o-${"x".repeat(32)}`,
    ).length;

    expect(findings(policy(10_240 - fixed))).toEqual([]);
    expect(findings(policy(10_241 - fixed))).toEqual([
      "LIMIT_EXCEEDED guardrails.serviceControlPolicies.mine",
    ]);
  });

  test("own policies have names of their own and ask for what there is", () => {
    const document = { Version: "{{version}}" };

    expect(
      findings(
        guard({
          ownPolicies: {
            "deny-root-user": { type: "service-control", document: {} },
            Mine: { type: "tag", document },
          },
          tagPolicies: { Mine: ["Root"] },
        }),
      ),
    ).toEqual([
      "POLICY_NAME_INVALID guardrails.ownPolicies.Mine",
      'POLICY_NAME_TAKEN guardrails.ownPolicies["deny-root-user"]',
      "POLICY_PLACEHOLDER_UNKNOWN guardrails.tagPolicies.Mine",
    ]);
  });
});

describe("names", () => {
  test.each([
    [{ name: "Acme Inc" }, "ORGANIZATION_NAME_INVALID name"],
    [{ organizationId: "o-A1" }, "ORGANIZATION_ID_INVALID organizationId"],
    [{ deployRoleName: "a/b" }, "DEPLOY_ROLE_NAME_INVALID deployRoleName"],
    [{ environmentVariables: ["A=1"] }, "ENVIRONMENT_VARIABLE_INVALID environmentVariables[0]"],
    [{ tags: { "aws:x": "1" } }, "TAG_KEY_RESERVED tags.aws:x"],
    [{ quotas: { "vpc/nothing": 1 } }, "QUOTA_UNKNOWN quotas.vpc/nothing"],
  ])("%j has a problem", (changes, expected) => {
    expect(findings(sampleInput(changes))).toEqual([expected]);
  });
});
