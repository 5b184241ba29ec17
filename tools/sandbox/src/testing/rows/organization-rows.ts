import { arnPattern, type TypeRow, type World } from "./row.ts";

const ORGANIZATION = "aws:organizations/organization:Organization";
const UNIT = "aws:organizations/organizationalUnit:OrganizationalUnit";
const POLICY = "aws:organizations/policy:Policy";
const DOCUMENT = '{"Version":"2012-10-17","Statement":[]}';
const organizationArn = (rest: string): RegExp =>
  arnPattern("organizations", "", "111111111111", rest);

/** The root of the organization that the seed has. */
async function rootOf({ client }: World): Promise<string> {
  const urn = client.urn(ORGANIZATION, "organization");
  const known = await client.read({ urn, id: SEEDED_ID, inputs: {}, outputs: {} });
  const roots = known?.outputs["roots"] as readonly { readonly id: string }[] | undefined;
  return roots?.[0]?.id ?? "r-none";
}

/** Id of the organization in the seed: the one that the model plans for the management account. */
const SEEDED_ID = "o-acme000000";

/** The organization itself, as the management account's stack has it. */
export const ORGANIZATION_ROWS: readonly TypeRow[] = [
  {
    type: ORGANIZATION,
    account: "management",
    // It is there already, and an account has one at most.
    importId: SEEDED_ID,
    inputs: () => ({ featureSet: "ALL" }),
    adds: { featureSet: "ALL", masterAccountId: "111111111111" },
    computed: {
      id: /^o-[0-9a-z]{10,32}$/u,
      arn: organizationArn("organization/o-[0-9a-z]+"),
      masterAccountEmail: /^aws\+management@example\.com$/u,
    },
    replaces: { featureSet: "CONSOLIDATED_BILLING" },
    keeps: { enabledPolicyTypes: ["SERVICE_CONTROL_POLICY", "TAG_POLICY"] },
    refuses: { inputs: {}, code: "AlreadyInOrganizationException" },
  },
  {
    type: UNIT,
    account: "management",
    inputs: async (world) => ({ name: "Sandbox", parentId: await rootOf(world) }),
    adds: { tagsAll: { owner: "platform" } },
    computed: {
      id: /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/u,
      arn: organizationArn("ou/o-[0-9a-z]+/ou-[0-9a-z-]+"),
    },
    replaces: { parentId: "ou-abcd-12345678" },
    keeps: { name: "Renamed" },
    refuses: { inputs: { parentId: "ou-abcd-12345678" }, code: "ParentNotFoundException" },
  },
  {
    type: "aws:organizations/account:Account",
    account: "management",
    inputs: async (world) => ({
      name: "lab",
      email: "aws+lab@example.com",
      parentId: await rootOf(world),
    }),
    adds: { joinedMethod: "CREATED", tagsAll: { owner: "platform" } },
    computed: {
      id: /^\d{12}$/u,
      arn: organizationArn("account/o-[0-9a-z]+/\\d{12}"),
      status: /^ACTIVE$/u,
    },
    replaces: { email: "aws+lab2@example.com" },
    keeps: { tags: { Name: "new" } },
    refuses: {
      inputs: { parentId: "ou-abcd-12345678" },
      code: "DestinationParentNotFoundException",
    },
  },
  {
    type: POLICY,
    account: "management",
    inputs: () => ({ name: "deny", content: DOCUMENT }),
    adds: { type: "SERVICE_CONTROL_POLICY" },
    computed: {
      id: /^p-[0-9a-z]{8,}$/u,
      arn: organizationArn("policy/o-[0-9a-z]+/service_control_policy/p-[0-9a-z]+"),
    },
    replaces: { type: "TAG_POLICY" },
    keeps: { description: "new" },
    refuses: { none: "A policy names no resource (@pulumi/aws 7.48.0)." },
  },
  {
    type: "aws:organizations/policyAttachment:PolicyAttachment",
    account: "management",
    inputs: async (world) => ({
      policyId: (await world.make(POLICY, { name: "deny", content: DOCUMENT })).id,
      targetId: await rootOf(world),
    }),
    adds: { none: "It has nothing beside its two ids (@pulumi/aws 7.48.0)." },
    computed: { id: /^r-[0-9a-z]{4,32}:p-[0-9a-z]{8,}$/u },
    replaces: { targetId: "333333333333" },
    keeps: {
      none: "Both of its ids replace it, and skipDestroy is the provider's own (internal/service/organizations/policy_attachment.go).",
    },
    refuses: { inputs: { policyId: "p-00000000" }, code: "PolicyNotFoundException" },
  },
  {
    type: "aws:organizations/delegatedAdministrator:DelegatedAdministrator",
    account: "management",
    inputs: () => ({
      accountId: "333333333333",
      servicePrincipal: "access-analyzer.amazonaws.com",
    }),
    adds: { status: "ACTIVE", name: "network" },
    computed: {
      id: /^333333333333\/access-analyzer\.amazonaws\.com$/u,
      arn: organizationArn("account/o-[0-9a-z]+/333333333333"),
      email: /^aws\+network@example\.com$/u,
    },
    replaces: { accountId: "444444444444" },
    keeps: {
      none: "Both inputs replace it (internal/service/organizations/delegated_administrator.go).",
    },
    refuses: { inputs: { accountId: "999999999999" }, code: "AccountNotFoundException" },
  },
];
