import { AtollError, compareText, type JsonValue } from "@atoll/core";

import type { Kind } from "../contracts.ts";
import type { Account, Guardrails, Organization, PolicyAttachment } from "../model.ts";
import { definedOnly } from "./defined-only.ts";
import type { Draft, DraftAccount } from "./draft.ts";

/**
 * Makes the organization out of a draft in which no error was found.
 *
 * @throws AtollError `ORGANIZATION_INCOMPLETE` when a required part is missing after all, which is a defect of Atoll
 */
export function buildOrganization(draft: Draft): Organization {
  const { raw } = draft;
  return {
    name: required(raw.name, "name"),
    organizationId: raw.organizationId ?? null,
    partition: draft.partition,
    homeRegion: required(raw.homeRegion, "homeRegion"),
    regions: draft.regions.map((written) => written.value),
    optInRegions: draft.optInRegions.map((written) => written.value),
    tags: definedOnly(raw.tags),
    deployRoleName: draft.deployRoleName,
    environmentVariables: draft.environmentVariables.map((written) => written.value),
    organizationalUnits: draft.organizationalUnits.map(({ path, name, parent }) => ({
      path,
      name,
      parent,
    })),
    pools: draft.pools.map((pool) => pool.value),
    accounts: draft.accounts.map(buildAccount),
    guardrails: buildGuardrails(draft),
    quotas: definedOnly(raw.quotas),
  };
}

function buildAccount(draft: DraftAccount): Account {
  const { raw } = draft;
  return {
    name: required(raw.name, "name"),
    id: raw.id ?? null,
    email: required(raw.email, "email"),
    kind: required(raw.kind, "kind") as Kind,
    ou: required(raw.ou, "ou"),
    regions: draft.regions.map((written) => written.value),
    lifecycle: draft.lifecycle,
    owner: draft.owner.value,
    environment: draft.environment.value,
    serves: raw.serves?.flatMap((served) => served ?? []) ?? null,
    addresses: draft.addresses?.value ?? null,
    zones: draft.zones.value,
    units: draft.units.map((unit) => ({ name: unit.value })),
    tags: definedOnly(raw.tags),
    monthlyBudgetUsd: draft.monthlyBudgetUsd,
    quotas: definedOnly(raw.quotas),
  };
}

function buildGuardrails({ raw }: Draft): Guardrails {
  const { guardrails = {} } = raw;
  return {
    ownPolicies: Object.entries(guardrails.ownPolicies ?? {})
      .map(([name, policy]) => ({
        name,
        type: required(policy?.type, "type"),
        document: required(policy?.document, "document") as JsonValue,
      }))
      .sort((a, b) => compareText(a.name, b.name)),
    serviceControlPolicies: attachments(guardrails.serviceControlPolicies),
    resourceControlPolicies: attachments(guardrails.resourceControlPolicies),
    tagPolicies: attachments(guardrails.tagPolicies),
    delegatedAdministrators: definedOnly(guardrails.delegatedAdministrators),
  };
}

function attachments(
  written: Readonly<Record<string, readonly (string | undefined)[] | undefined>> | undefined,
): readonly PolicyAttachment[] {
  return Object.entries(written ?? {})
    .map(([policy, targets]) => ({
      policy,
      targets: (targets ?? []).flatMap((target) => target ?? []).sort(compareText),
    }))
    .sort((a, b) => compareText(a.policy, b.policy));
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) {
    throw new AtollError(
      "ORGANIZATION_INCOMPLETE",
      `"${name}" is missing although no problem was found`,
    );
  }
  return value;
}
