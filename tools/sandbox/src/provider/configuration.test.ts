import { makeTestSandbox, type TestSandbox } from "../testing/test-sandbox.ts";
import { testOrganization } from "../testing/organization.ts";
import { providerInputs } from "../testing/protocol-client.ts";
import { readOrganization, type SandboxOrganization } from "../store/organization-file.ts";
import type { WireRecord } from "../rpc/values.ts";
import { readConfiguration } from "./configuration.ts";

const { deployRoleName } = testOrganization();
const good = providerInputs("333333333333", {}, deployRoleName);
const roleOf = (account: string, name = deployRoleName): WireRecord => ({
  assumeRoles: JSON.stringify([
    { roleArn: ["arn:aws", "iam", "", account, `role/${name}`].join(":") },
  ]),
});

describe("readConfiguration", () => {
  let sandbox: TestSandbox;
  let organization: SandboxOrganization;
  beforeAll(() => {
    sandbox = makeTestSandbox();
    organization = readOrganization(sandbox.folder);
  });
  afterAll(() => {
    sandbox.remove();
  });
  const read = (inputs: WireRecord, stack = "network", project = "acme") =>
    readConfiguration(
      `urn:pulumi:${stack}::${project}::pulumi:providers:aws::aws`,
      inputs,
      organization,
    );
  const refusals = (inputs: WireRecord, stack?: string, project?: string) => {
    const found = read(inputs, stack, project);
    return "failures" in found ? found.failures.map(({ property }) => property) : "used";
  };

  it("lets the provider of the stack's account through, of a unit too", () => {
    expect(read(good)).toMatchObject({
      scope: { accountId: "333333333333", region: "eu-west-1", defaultTags: { owner: "platform" } },
      account: { name: "network" },
    });
    expect(refusals(good, "network.shop")).toBe("used");
  });

  it.each([
    [
      "another account's",
      { ...good, allowedAccountIds: '["111111111111"]' },
      ["allowedAccountIds"],
    ],
    [
      "two accounts'",
      { ...good, allowedAccountIds: '["333333333333","111111111111"]' },
      ["allowedAccountIds"],
    ],
    [
      "the default provider",
      { region: "eu-west-1" },
      ["allowedAccountIds", "assumeRoles[0].roleArn"],
    ],
    ["one that assumes no role", { ...good, assumeRoles: "[]" }, ["assumeRoles[0].roleArn"]],
    [
      "one that assumes another account's role",
      { ...good, ...roleOf("111111111111") },
      ["assumeRoles[0].roleArn"],
    ],
    [
      "one with text that is not JSON",
      { ...good, allowedAccountIds: "333333333333" },
      ["allowedAccountIds"],
    ],
  ] as const)("refuses %s", (_, inputs, properties) => {
    expect(refusals(inputs)).toEqual(properties);
  });

  it("says in AWS's words that another role cannot be assumed", () => {
    const found = read({ ...good, ...roleOf("333333333333", "Admin") });
    expect(JSON.stringify(found)).toMatch(
      /cannot be assumed.*AccessDenied.*sts:AssumeRole.*Atoll sandbox/u,
    );
  });

  it.each([
    ["a suspended account", "former", /former is suspended/u],
    ["an account that is not vended", "wanted", /wanted is requested/u],
    ["an account that the organization lacks", "nobody", /no account .*nobody/u],
  ])("refuses the stack of %s", (_, stack, reason) => {
    expect(JSON.stringify(read(good, stack))).toMatch(reason);
  });

  it("refuses a stack of another organization", () => {
    expect(JSON.stringify(read(good, "network", "other"))).toMatch(/organization \\"other\\"/u);
  });
});
