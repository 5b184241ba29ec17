import { isPlainList, isPlainRecord, UNKNOWN } from "../../values.ts";
import type { PlainValue } from "../../values.ts";
import type { CloudResource } from "../cloud.ts";
import { beside, isSame, NO_CHANGE, others, text } from "../look.ts";
import type { CheckRule, CloudContext, CloudTable, Removal, Reference } from "../row.ts";
import { EC2_ERRORS, provider } from "../sources.ts";
import {
  DEFAULT_NETWORK_ACL,
  DEFAULT_SECURITY_GROUP,
  EGRESS_RULE,
  INGRESS_RULE,
  NETWORK_ACL,
  SECURITY_GROUP,
  SUBNET,
} from "../type-names.ts";
import { atMost, atMostBy, atMostEntries } from "./counting.ts";
import { toAcl, toGroup, toSubnet, toVpc } from "./references.ts";

const RULE_QUOTA = {
  code: "RulesPerSecurityGroupLimitExceeded",
  limit: "vpc/rules-per-security-group",
  provenance: EC2_ERRORS,
} as const;

/** How many rules an entry of a group makes, by address family: one for each source or destination. */
function weigh(entry: PlainValue): { readonly ipv4: number; readonly ipv6: number } {
  if (!isPlainRecord(entry)) return { ipv4: 0, ipv6: 0 };
  const count = (name: string) => (isPlainList(entry[name]) ? entry[name].length : 0);
  // Another group, itself or a prefix list counts in both.
  const both = count("securityGroups") + count("prefixListIds") + (entry["self"] === true ? 1 : 0);
  return { ipv4: count("cidrBlocks") + both, ipv6: count("ipv6CidrBlocks") + both };
}

function rulesQuota(direction: "ingress" | "egress") {
  const counted = {
    ...RULE_QUOTA,
    rule: `ec2/${direction}-rules-per-group`,
    what: `${direction} rules in the security group, IPv4 and IPv6 apart`,
  };
  return atMostBy(counted, ({ wanted }) => {
    const entries = wanted.inputs[direction];
    if (!isPlainList(entries)) return undefined;
    const weights = entries.map(weigh);
    const sum = (family: "ipv4" | "ipv6") => weights.reduce((all, item) => all + item[family], 0);
    return { count: Math.max(sum("ipv4"), sum("ipv6")), path: direction };
  });
}

function rulesOfGroup(context: CloudContext): readonly CloudResource[] {
  const groupId = text(context.wanted.outputs, "securityGroupId");
  // Two groups that are not known yet need not be the same.
  if (groupId === undefined) return [];
  return others(context).filter(({ outputs }) => outputs["securityGroupId"] === groupId);
}

function apartQuota(direction: "ingress" | "egress") {
  const counted = {
    ...RULE_QUOTA,
    rule: `ec2/${direction}-rules-of-group`,
    what: `${direction} rules of the security group`,
  };
  return atMostBy(counted, (context) => {
    if (context.current !== undefined) return undefined;
    const isOther = (resource: CloudResource, family: string) =>
      text(resource.outputs, family) !== undefined;
    const family = isOther(context.wanted, "cidrIpv6") ? "cidrIpv4" : "cidrIpv6";
    // A rule for the other family does not count along.
    const alike = rulesOfGroup(context).filter((rule) => !isOther(rule, family));
    return { count: alike.length + 1, path: "securityGroupId" };
  });
}

const RULE_PARTS = [
  "ipProtocol",
  "fromPort",
  "toPort",
  "cidrIpv4",
  "cidrIpv6",
  "prefixListId",
  "referencedSecurityGroupId",
];

/** A rule is in a group once. */
const ruleOnce: CheckRule = {
  rule: "ec2/security-group-rule-exists",
  code: "InvalidPermission.Duplicate",
  text: "A security group has a rule once: protocol, ports and peer together.",
  provenance: EC2_ERRORS,
  check(context) {
    const of = (rule: CloudResource) =>
      JSON.stringify(RULE_PARTS.map((part) => rule.outputs[part] ?? null));
    const own = of(context.wanted);
    if (RULE_PARTS.some((part) => context.wanted.outputs[part] === UNKNOWN)) return [];
    const other = rulesOfGroup(context).find((rule) => of(rule) === own);
    if (other === undefined) return [];
    const message = `the specified rule already exists: ${other.id}`;
    return [{ path: "securityGroupId", message }];
  },
};

/** The name that AWS keeps for itself. */
const notReserved: CheckRule = {
  rule: "ec2/security-group-name-reserved",
  code: "InvalidGroup.Reserved",
  text: "The name default is kept for the security group that AWS makes.",
  provenance: EC2_ERRORS,
  check: ({ wanted }) =>
    wanted.inputs["name"] === "default"
      ? [{ path: "name", message: "Cannot use reserved security group name: default" }]
      : [],
};

function groupPeers(): readonly Reference[] {
  return ["ingress", "egress"].map((direction) =>
    toGroup(`${direction}[].securityGroups[]`, { holds: "DependencyViolation" }),
  );
}

function ruleRow(direction: "ingress" | "egress"): CloudTable[string] {
  return {
    references: [
      toGroup("securityGroupId", { follows: true, sameVpc: "InvalidGroup.NotFound" }),
      // A group of a peered VPC may be named, so the VPCs may differ.
      toGroup("referencedSecurityGroupId", { holds: "DependencyViolation" }),
    ],
    checks: [ruleOnce],
    limits: [apartQuota(direction)],
  };
}

/** One entry to a number, each way. */
const numbersDiffer: CheckRule = {
  rule: "ec2/network-acl-entry-exists",
  code: "NetworkAclEntryAlreadyExists",
  text: "A network ACL has one rule to a number, each way.",
  provenance: EC2_ERRORS,
  check: ({ wanted }) =>
    ["ingress", "egress"].flatMap((direction) => {
      const entries = wanted.inputs[direction];
      if (!isPlainList(entries)) return [];
      const seen = new Set<PlainValue>();
      return entries.flatMap((entry, index) => {
        const number = isPlainRecord(entry) ? entry["ruleNo"] : undefined;
        if (typeof number !== "number") return [];
        const isTaken = seen.has(number);
        seen.add(number);
        const path = `${direction}[${String(index)}].ruleNo`;
        const message = `The network acl entry identified by ${String(number)} already exists`;
        return isTaken ? [{ path, message }] : [];
      });
    }),
};

function aclEntries(direction: "ingress" | "egress") {
  const counted = {
    rule: `ec2/${direction}-rules-per-network-acl`,
    code: "NetworkAclEntryLimitExceeded",
    limit: "vpc/rules-per-network-acl",
    what: `${direction} rules in the network ACL`,
    provenance: EC2_ERRORS,
  } as const;
  return atMostEntries(counted, direction);
}

/** The subnets of a network ACL: a subnet is in the one that took it last, else in its VPC's default. */
function subnetsOf(acl: CloudResource, cloud: CloudContext["cloud"]): readonly string[] {
  const vpcId = acl.outputs["vpcId"];
  const acls = beside(cloud, acl, [NETWORK_ACL]).filter(
    ({ outputs }) => outputs["vpcId"] === vpcId,
  );
  const taken = new Map<string, string>();
  const known = acls.some((item) => isSame(item, acl)) || acl.type !== NETWORK_ACL;
  for (const item of known
    ? acls.map((other) => (isSame(other, acl) ? acl : other))
    : [...acls, acl]) {
    const ids = item.inputs["subnetIds"];
    for (const id of isPlainList(ids) ? ids : []) {
      if (typeof id === "string") taken.set(id, item.id);
    }
  }
  if (acl.type === NETWORK_ACL) {
    return [...taken].flatMap(([subnet, id]) => (id === acl.id ? [subnet] : []));
  }
  return beside(cloud, acl, [SUBNET])
    .filter((subnet) => subnet.outputs["vpcId"] === vpcId && !taken.has(subnet.id))
    .map(({ id }) => id);
}

const GROUP_STAYS: Removal = {
  change: () => NO_CHANGE,
  text: "A default security group stays, with the rules that it has.",
  provenance: provider("ec2/vpc_default_security_group.go@01f4311"),
};

/** Security groups and network ACLs. */
export const FIREWALL_ROWS: CloudTable = {
  [SECURITY_GROUP]: {
    references: [toVpc("vpcId", { holds: "DependencyViolation" }), ...groupPeers()],
    unique: [
      {
        rule: "ec2/security-group-name",
        code: "InvalidGroup.Duplicate",
        text: "Two security groups of a VPC have two names.",
        of: ["vpcId", "name"],
        within: "region",
        path: "name",
        provenance: EC2_ERRORS,
      },
    ],
    checks: [notReserved],
    limits: [
      atMost({
        rule: "ec2/security-groups-per-region",
        code: "SecurityGroupLimitExceeded",
        limit: "vpc/security-groups-per-region",
        what: "security groups in the region",
        provenance: EC2_ERRORS,
      }),
      rulesQuota("ingress"),
      rulesQuota("egress"),
    ],
  },
  [DEFAULT_SECURITY_GROUP]: {
    references: [toVpc("vpcId", { follows: true }), ...groupPeers()],
    limits: [rulesQuota("ingress"), rulesQuota("egress")],
    adopts({ wanted, cloud }) {
      const vpcId = wanted.inputs["vpcId"];
      const found = beside(cloud, wanted, [DEFAULT_SECURITY_GROUP]).find(
        ({ outputs }) => outputs["vpcId"] === vpcId,
      );
      // The provider revokes every rule first.
      return found === undefined
        ? undefined
        : { ...found, outputs: { ...found.outputs, ingress: [], egress: [] } };
    },
    removal: GROUP_STAYS,
  },
  [INGRESS_RULE]: ruleRow("ingress"),
  [EGRESS_RULE]: ruleRow("egress"),
  [NETWORK_ACL]: {
    references: [
      toVpc("vpcId", { holds: "DependencyViolation", sameVpc: "InvalidParameterValue" }),
      toSubnet("subnetIds[]", { sameVpc: "InvalidParameterValue" }),
    ],
    checks: [numbersDiffer],
    limits: [
      atMost(
        {
          rule: "ec2/network-acls-per-vpc",
          code: "NetworkAclLimitExceeded",
          limit: "vpc/network-acls-per-vpc",
          what: "network ACLs in the VPC",
          provenance: EC2_ERRORS,
        },
        ["vpcId"],
      ),
      aclEntries("ingress"),
      aclEntries("egress"),
    ],
    view: (acl, cloud) => ({ subnetIds: subnetsOf(acl, cloud) }),
  },
  [DEFAULT_NETWORK_ACL]: {
    references: [
      toAcl("defaultNetworkAclId", { follows: true }),
      toVpc("vpcId", { follows: true }),
      toSubnet("subnetIds[]"),
    ],
    checks: [numbersDiffer],
    limits: [aclEntries("ingress"), aclEntries("egress")],
    adopts({ wanted, cloud }) {
      const id = wanted.inputs["defaultNetworkAclId"];
      const found = beside(cloud, wanted, [DEFAULT_NETWORK_ACL]).find((acl) => acl.id === id);
      // The provider takes every rule out first.
      return found === undefined
        ? undefined
        : { ...found, outputs: { ...found.outputs, ingress: [], egress: [] } };
    },
    view: (acl, cloud) => ({ subnetIds: subnetsOf(acl, cloud) }),
    removal: {
      change: () => NO_CHANGE,
      text: "A default network ACL stays, with the rules that it has.",
      provenance: provider("ec2/vpc_default_network_acl.go@050ac11"),
    },
  },
};
