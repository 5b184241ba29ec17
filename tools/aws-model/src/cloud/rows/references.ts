import type { Provenance } from "../../provenance.ts";
import type { Reference } from "../row.ts";
import { api, EC2_ERRORS } from "../sources.ts";
import {
  IAM_POLICY,
  INSTANCE_PROFILE,
  KEY,
  NETWORK_ACLS,
  ROLE,
  ROUTE_TABLES,
  SECURITY_GROUPS,
  SUBNET,
  VPCS,
} from "../type-names.ts";

/** What a row adds to a reference of a common kind. */
type More = Partial<Omit<Reference, "path" | "to" | "code">>;

function ec2(to: readonly string[], code: string) {
  return (path: string, more: More = {}): Reference => ({
    path,
    to,
    code,
    provenance: EC2_ERRORS,
    ...more,
  });
}

/** A VPC, the default one among them. */
export const toVpc = ec2(VPCS, "InvalidVpcID.NotFound");
/** A subnet. */
export const toSubnet = ec2([SUBNET], "InvalidSubnetID.NotFound");
/** A security group. */
export const toGroup = ec2(SECURITY_GROUPS, "InvalidGroup.NotFound");
/** A route table. */
export const toTable = ec2(ROUTE_TABLES, "InvalidRouteTableID.NotFound");
/** A network ACL. */
export const toAcl = ec2(NETWORK_ACLS, "InvalidNetworkAclID.NotFound");

/** Anything of EC2's that is named by its id. */
export function toEc2(path: string, type: string, code: string, more: More = {}): Reference {
  return ec2([type], code)(path, more);
}

/** A role by its name. */
export function toRole(path: string, more: More = {}): Reference {
  return {
    path,
    to: [ROLE],
    code: "NoSuchEntity",
    by: ["id"],
    within: "account",
    provenance: api("iam: NoSuchEntityException"),
    ...more,
  };
}

/** A role by its ARN. */
export function toRoleArn(path: string, code: string, provenance: Provenance): Reference {
  // A service's own roles are AWS's to make.
  const except = /:role\/aws-service-role\//u;
  return { path, to: [ROLE], code, by: ["arn"], within: "organization", except, provenance };
}

/** A managed policy by its ARN; AWS's own are always there. */
export function toManagedPolicy(path: string, more: More = {}): Reference {
  return {
    path,
    to: [IAM_POLICY],
    code: "NoSuchEntity",
    by: ["arn"],
    within: "account",
    except: /^arn:[a-z-]+:iam::aws:policy\//u,
    provenance: api("iam: NoSuchEntityException"),
    ...more,
  };
}

/** An instance profile by its name or ARN. */
export function toProfile(path: string, by: readonly string[], provenance: Provenance): Reference {
  return {
    path,
    to: [INSTANCE_PROFILE],
    code: "InvalidIamInstanceProfile.NotFound",
    by,
    within: "account",
    provenance,
  };
}

/** A KMS key by its id or ARN, its own region's. AWS's own keys are reached by their alias. */
export function toKey(
  path: string,
  code: string,
  provenance: Provenance,
  more: More = {},
): Reference {
  return {
    path,
    to: [KEY],
    code,
    by: ["id", "arn"],
    within: "organization",
    except: /^(?:arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:)?alias\//u,
    provenance,
    ...more,
  };
}
