import { parseArn, formatArn } from "@atoll/core";
import { isPlainList, isPlainRecord } from "../values.ts";
import type { Cloud, CloudResource } from "./cloud.ts";
import { GLOBAL, text } from "./look.ts";
import { POLICY, POLICY_ATTACHMENT } from "./type-names.ts";

/** A policy that AWS makes, and attaches to the root, every unit and every account. */
interface AccessPolicy {
  readonly id: string;
  readonly type: string;
  readonly description: string;
  readonly content: string;
}

/**
 * What AWS has in every organization whose type of policy is enabled.
 *
 * doc: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_available-policies.html, 2026-11-27
 */
const ACCESS_POLICIES: readonly AccessPolicy[] = [
  {
    id: "p-FullAWSAccess",
    type: "SERVICE_CONTROL_POLICY",
    description: "Allows access to every operation",
    content:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  },
  {
    id: "p-RCPFullAWSAccess",
    type: "RESOURCE_CONTROL_POLICY",
    description: "Allows access to every resource",
    content:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
  },
];

/** The id of the root that an organization reports. */
export function rootIdOf({ outputs }: CloudResource): string | undefined {
  const roots = outputs["roots"];
  const root = isPlainList(roots) ? roots[0] : undefined;
  return isPlainRecord(root) ? text(root, "id") : undefined;
}

/** AWS's own policies of the enabled types, with their attachment to a target, as far as they are not there. */
export function accessAttachments(
  organization: CloudResource,
  targetId: string,
  cloud: Cloud,
): readonly CloudResource[] {
  const { accountId, outputs } = organization;
  const enabled = outputs["enabledPolicyTypes"];
  if (!isPlainList(enabled)) return [];
  return ACCESS_POLICIES.filter(({ type }) => enabled.includes(type)).flatMap((policy) => {
    const made = [policyResource(policy, organization), attachmentOf(policy, accountId, targetId)];
    return made.filter(
      (resource) => cloud.find(accountId, resource.type, resource.id, GLOBAL) === undefined,
    );
  });
}

function policyResource(policy: AccessPolicy, organization: CloudResource): CloudResource {
  const { accountId } = organization;
  const partition = parseArn(text(organization.outputs, "arn") ?? "")?.partition ?? "aws";
  const { id, type, description, content } = policy;
  const outputs = {
    arn: formatArn({
      partition,
      service: "organizations",
      account: "aws",
      resource: `policy/${type.toLowerCase()}/${id}`,
    }),
    name: id.slice("p-".length),
    type,
    description,
    content,
    tagsAll: {},
  };
  return { type: POLICY, id, accountId, region: GLOBAL, inputs: {}, outputs, origin: "companion" };
}

function attachmentOf({ id }: AccessPolicy, accountId: string, targetId: string): CloudResource {
  const outputs = { policyId: id, targetId };
  return {
    type: POLICY_ATTACHMENT,
    id: `${targetId}:${id}`,
    accountId,
    region: GLOBAL,
    inputs: outputs,
    outputs,
    origin: "companion",
  };
}
