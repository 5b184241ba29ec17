import { checkLimit, type LimitName } from "@atoll/aws-facts";
import { placeholdersOf, type JsonValue, type Problem } from "@atoll/core";

import type { PolicyAsset } from "../assets.ts";
import { isQuarantined } from "../lifecycle.ts";
import { policySize, renderForOrganization } from "../planning/policies.ts";
import { QUARANTINE_POLICY, type PolicyType } from "../policy-names.ts";
import { formatPath, type PathSegment } from "../problem-path.ts";
import { checkNameShape } from "./check-accounts.ts";
import { definedOnly } from "./defined-only.ts";
import type { Draft } from "./draft.ts";
import { didYouMean, errorAt, oneOf, warningAt } from "./problems.ts";

type Attribute = "serviceControlPolicies" | "resourceControlPolicies" | "tagPolicies";
type Limits = {
  readonly size: LimitName;
  readonly perTarget: LimitName;
  readonly attachedByAws: number;
};

/** For each type: its attribute, AWS's limits, and how many of the policies on a target are AWS's own `FullAWSAccess`. */
const TYPES: Readonly<Record<PolicyType, Limits & { readonly attribute: Attribute }>> = {
  "service-control": {
    attribute: "serviceControlPolicies",
    size: "organizations/service-control-policy-size",
    perTarget: "organizations/service-control-policies-per-target",
    attachedByAws: 1,
  },
  "resource-control": {
    attribute: "resourceControlPolicies",
    size: "organizations/resource-control-policy-size",
    perTarget: "organizations/resource-control-policies-per-target",
    attachedByAws: 1,
  },
  tag: {
    attribute: "tagPolicies",
    size: "organizations/tag-policy-size",
    perTarget: "organizations/tag-policies-per-target",
    attachedByAws: 0,
  },
};

const POLICY_TYPES: readonly PolicyType[] = ["service-control", "resource-control", "tag"];

/** A policy that can be attached, with what makes it. */
interface Candidate {
  readonly name: string;
  readonly type: PolicyType;
  readonly document: JsonValue;
  readonly placeholders: readonly string[];
}

/**
 * Checks policies and what they are attached to, with the limits that AWS sets on the size of a policy and on how many
 * a target carries. Codes: `POLICY_UNKNOWN`, `POLICY_NAME_INVALID`, `POLICY_NAME_TAKEN`, `POLICY_PLACEHOLDER_UNKNOWN`,
 * `POLICY_TARGET_UNKNOWN`, `POLICY_ATTACHED_TWICE`, `LIMIT_EXCEEDED`, and the warning `POLICY_WITHOUT_EFFECT`.
 */
export function checkGuardrails(
  draft: Draft,
  assets: ReadonlyMap<string, PolicyAsset>,
): readonly Problem[] {
  const own = ownPolicies(draft);
  const candidates = new Map<string, Candidate>([
    ...own.map((one) => [one.name, one] as const),
    ...assets,
  ]);
  return [
    ...own.flatMap((policy) => checkOwn(policy, assets)),
    ...POLICY_TYPES.flatMap((type) => [
      ...checkAttachments(draft, type, candidates),
      ...checkSizes(draft, type, candidates),
      ...checkCounts(draft, type),
    ]),
  ];
}

function ownPolicies({ raw }: Draft): readonly Candidate[] {
  return Object.entries(raw.guardrails?.ownPolicies ?? {}).flatMap(([name, policy]) => {
    if (policy?.type === undefined || policy.document === undefined) return [];
    const document = policy.document as JsonValue;
    return [{ name, type: policy.type, document, placeholders: placeholdersOf(document) }];
  });
}

function checkOwn(policy: Candidate, assets: ReadonlyMap<string, PolicyAsset>): readonly Problem[] {
  const path = ["guardrails", "ownPolicies", policy.name];
  const problems = [...checkNameShape("POLICY_NAME_INVALID", { value: policy.name, path })];
  if (assets.has(policy.name)) {
    problems.push(
      errorAt({
        code: "POLICY_NAME_TAKEN",
        path,
        message: `Atoll has a policy "${policy.name}" already.`,
        got: policy.name,
        expected: "a name of its own",
        fix: "Rename your policy.",
      }),
    );
  }
  return problems;
}

function checkAttachments(
  draft: Draft,
  type: PolicyType,
  candidates: ReadonlyMap<string, Candidate>,
): readonly Problem[] {
  const fitting = [...candidates.values()].flatMap((one) =>
    one.type === type && one.name !== QUARANTINE_POLICY ? one.name : [],
  );
  const targets = new Set([
    "Root",
    ...draft.organizationalUnits.map((unit) => unit.path),
    ...draft.accounts.flatMap((account) => account.raw.name ?? []),
  ]);
  const management = draft.accounts.find((account) => account.raw.kind === "management")?.raw.name;
  const { attribute } = TYPES[type];
  return Object.entries(draft.raw.guardrails?.[attribute] ?? {}).flatMap(([policy, written]) => {
    const path = ["guardrails", attribute, policy];
    const problems = fitting.includes(policy) ? [] : [unknownPolicy(policy, path, type, fitting)];
    const seen = new Set<string>();
    for (const [index, target] of (written ?? []).entries()) {
      if (target === undefined) continue;
      const at = [...path, index];
      if (!targets.has(target)) problems.push(unknownTarget(target, at, targets));
      else if (seen.has(target)) problems.push(attachedTwice(policy, target, at));
      else if (target === management && type !== "tag") problems.push(withoutEffect(target, at));
      seen.add(target);
    }
    return problems;
  });
}

function checkSizes(
  draft: Draft,
  type: PolicyType,
  candidates: ReadonlyMap<string, Candidate>,
): readonly Problem[] {
  const { attribute, size } = TYPES[type];
  const settings = {
    partition: draft.partition,
    deployRoleName: draft.deployRoleName,
    regions: draft.regions.map((written) => written.value),
    environments: draft.accounts.map((account) => account.environment.value),
  };
  return Object.keys(draft.raw.guardrails?.[attribute] ?? {}).flatMap((name) => {
    const policy = candidates.get(name);
    if (policy?.type !== type) return [];
    const rendered = renderForOrganization(policy, settings);
    const path = ["guardrails", attribute, name];
    const quotas = [definedOnly(draft.raw.quotas)];
    const used = policySize(rendered.text);
    return [
      ...rendered.missing.map((placeholder) => unknownPlaceholder(placeholder, path)),
      ...checkLimit({ name: size, used, path: formatPath(path), what: `Policy "${name}"`, quotas }),
    ];
  });
}

function checkCounts(draft: Draft, type: PolicyType): readonly Problem[] {
  const { attribute, perTarget, attachedByAws } = TYPES[type];
  const counts = new Map<string, number>();
  const attached = Object.values(draft.raw.guardrails?.[attribute] ?? {});
  for (const targets of attached) {
    for (const target of new Set(targets)) {
      if (target !== undefined) counts.set(target, (counts.get(target) ?? 0) + 1);
    }
  }
  const quarantined = new Set(
    draft.accounts.flatMap(({ raw, lifecycle }) =>
      type === "service-control" && isQuarantined(lifecycle) ? (raw.name ?? []) : [],
    ),
  );
  return [...counts].flatMap(([target, count]) =>
    checkLimit({
      name: perTarget,
      used: count + attachedByAws + (quarantined.has(target) ? 1 : 0),
      path: formatPath(["guardrails", attribute]),
      what: `Policies on ${target}${attachedByAws > 0 ? ", FullAWSAccess included" : ""}`,
      quotas: [definedOnly(draft.raw.quotas)],
    }),
  );
}

function unknownPolicy(
  policy: string,
  path: readonly PathSegment[],
  type: PolicyType,
  fitting: readonly string[],
): Problem {
  const quarantine = policy === QUARANTINE_POLICY;
  return errorAt({
    code: "POLICY_UNKNOWN",
    path,
    message: quarantine
      ? "Quarantine follows from an account's lifecycle; it is not attached by hand."
      : `There is no ${type} policy "${policy}".`,
    got: policy,
    expected: oneOf(fitting),
    fix: quarantine
      ? 'Set the account\'s lifecycle to "quarantined".'
      : didYouMean(policy, fitting, "Choose one of them, or add yours to ownPolicies."),
  });
}

function unknownTarget(
  target: string,
  path: readonly PathSegment[],
  targets: ReadonlySet<string>,
): Problem {
  return errorAt({
    code: "POLICY_TARGET_UNKNOWN",
    path,
    message: `There is no account or organizational unit "${target}".`,
    got: target,
    expected: oneOf(targets),
    fix: didYouMean(target, targets, "Name an account, a unit's path, or Root."),
  });
}

function attachedTwice(policy: string, target: string, path: readonly PathSegment[]): Problem {
  return errorAt({
    code: "POLICY_ATTACHED_TWICE",
    path,
    message: `"${policy}" is attached to ${target} twice.`,
    got: target,
    expected: "each target once",
    fix: "Remove one of them.",
  });
}

function withoutEffect(target: string, path: readonly PathSegment[]): Problem {
  return warningAt({
    code: "POLICY_WITHOUT_EFFECT",
    path,
    message: `AWS does not apply this policy to ${target}: it is the management account.`,
    got: target,
    expected: "organizational units and member accounts",
    fix: "Remove it.",
  });
}

function unknownPlaceholder(placeholder: string, path: readonly PathSegment[]): Problem {
  const known = ["deployRoleName", "environments", "organizationId", "partition", "regions"];
  return errorAt({
    code: "POLICY_PLACEHOLDER_UNKNOWN",
    path,
    message: `The document asks for {{${placeholder}}}, which has no value there.`,
    got: placeholder,
    expected: `${oneOf(known)}; a list only as a whole string`,
    fix: didYouMean(placeholder, known, "Write the value itself."),
  });
}
