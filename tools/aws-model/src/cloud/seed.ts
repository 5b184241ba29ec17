import type { PlannedResource, PlanRequest, PartitionName, Scope } from "../model.ts";
import { seedOf } from "../plan/seed.ts";
import { UNKNOWN } from "../values.ts";
import type { PlainRecord } from "../values.ts";
import type { CloudResource } from "./cloud.ts";
import { defaultPartsOf } from "./companions.ts";
import { GLOBAL } from "./look.ts";
import { cloudOf } from "./memory-cloud.ts";
import { accessAttachments, rootIdOf } from "./organization-parts.ts";
import { ACCOUNT, DEFAULT_VPC, ORGANIZATION } from "./type-names.ts";

/** An account as far as its seed depends on it. */
export interface SeedAccount {
  /** 12 digits. */
  readonly accountId: string;
  readonly partition: PartitionName;
  /** Every region in which the account has something. */
  readonly regions: readonly string[];
  /** Makes ids differ from the ones that a preview plans. @default "": the planned ids */
  readonly salt?: string;
}

/** An organization that exists, as far as its accounts' seeds depend on it. */
export interface SeedOrganization {
  /** 12 digits. */
  readonly managementAccountId: string;
  /** @default the planned one */
  readonly organizationId?: string;
  /** Every account that exists, the management account among them. */
  readonly accounts: readonly {
    readonly accountId: string;
    readonly name: string;
    readonly email: string;
    /** @default "ACTIVE" */
    readonly status?: "ACTIVE" | "SUSPENDED";
    /** Name of the role that AWS makes in it. @default not reported */
    readonly roleName?: string;
  }[];
}

interface Environment {
  plan(request: PlanRequest): PlannedResource;
}

/**
 * What AWS has in a fresh account: a default VPC with all that belongs to it in each region, and in the management
 * account the organization, with every account in the root.
 *
 * doc: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html, 2026-11-27
 */
export function seedAccount(
  account: SeedAccount,
  organization: SeedOrganization,
  environment: Environment,
): readonly CloudResource[] {
  const isManagement = account.accountId === organization.managementAccountId;
  return [
    ...[...new Set(account.regions)].flatMap((region) =>
      defaultVpc({ ...account, region }, environment, account.salt ?? ""),
    ),
    ...(isManagement ? organizationParts(account, organization, environment) : []),
  ];
}

/** The default VPC of a region. */
function defaultVpc(scope: Scope, environment: Environment, salt: string): CloudResource[] {
  const { accountId, partition, region } = scope;
  const request = { type: DEFAULT_VPC, name: "default", urn: salt, inputs: {}, scope };
  const planned = environment.plan(request);
  const id = salt === "" ? planned.id : `vpc-${seedOf(`${planned.id}|${salt}`).hex("default", 17)}`;
  const { outputs } = environment.plan({ ...request, id });
  const vpc: CloudResource = {
    type: DEFAULT_VPC,
    id,
    accountId,
    region,
    inputs: {},
    outputs: { ...known(outputs), enableDnsHostnames: true, enableDnsSupport: true },
    origin: "seed",
  };
  return [vpc, ...defaultPartsOf(vpc, partition)].map((item) => ({
    ...item,
    origin: "seed" as const,
  }));
}

/** The organization, its accounts, and what AWS attaches to them. */
function organizationParts(
  { accountId, partition, regions }: SeedAccount,
  { organizationId, accounts }: SeedOrganization,
  environment: Environment,
): readonly CloudResource[] {
  const scope: Scope = { partition, accountId, region: regions[0] ?? "us-east-1" };
  const make = (type: string, name: string, inputs: PlainRecord, id?: string): CloudResource => {
    const given = id === undefined ? {} : { id };
    const planned = environment.plan({ type, name, urn: name, inputs, scope, ...given });
    return {
      type,
      id: planned.id,
      accountId,
      region: GLOBAL,
      inputs: {},
      outputs: known(planned.outputs),
      origin: "seed",
    };
  };
  // doc: an organization with all features has service control policies enabled from the start.
  const organization = make(
    ORGANIZATION,
    "organization",
    {
      featureSet: "ALL",
      enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"],
      awsServiceAccessPrincipals: [],
    },
    organizationId,
  );
  const parentId = rootIdOf(organization) ?? "";
  const members = accounts.map(({ accountId: id, name, email, status = "ACTIVE", roleName }) => {
    const inputs = { name, email, parentId, ...(roleName === undefined ? {} : { roleName }) };
    const member = make(ACCOUNT, name, inputs, id);
    const isManagement = id === accountId;
    const outputs = {
      ...member.outputs,
      joinedMethod: isManagement ? "INVITED" : "CREATED",
      state: status,
      status,
    };
    return { ...member, outputs };
  });
  const cloud = cloudOf([organization, ...members]);
  for (const target of [parentId, ...members.map(({ id }) => id)]) {
    cloud.apply({ put: accessAttachments(organization, target, cloud), remove: [] });
  }
  return cloud.all().map((item) => ({ ...item, origin: "seed" as const }));
}

function known(outputs: PlainRecord): PlainRecord {
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== UNKNOWN));
}
