import { partitionNames } from "@atoll/core";
import { z } from "zod";

import { LIFECYCLE_STATES } from "../lifecycle.ts";

const texts = z.array(z.string());
const tags = z.record(z.string(), z.string());
const quotas = z.record(z.string(), z.number().min(0));
const attachments = z.record(z.string(), texts);
const lifecycle = z.enum(LIFECYCLE_STATES);
const zones = z.int().min(1).max(6);
const budget = z.number().positive().nullable();
const addresses = z
  .strictObject({ pool: z.string(), prefixLength: z.int().min(16).max(28) })
  .nullable();

const unitTree: z.ZodType = z.lazy(() => z.record(z.string(), unitTree));

const account = z.strictObject({
  name: z.string(),
  id: z.string().optional(),
  email: z.string(),
  kind: z.string(),
  ou: z.string(),
  regions: texts.optional(),
  lifecycle: lifecycle.optional(),
  owner: z.string().optional(),
  environment: z.string().optional(),
  serves: texts.optional(),
  addresses: addresses.optional(),
  zones: zones.optional(),
  units: z.array(z.strictObject({ name: z.string() })).optional(),
  tags: tags.optional(),
  monthlyBudgetUsd: budget.optional(),
  quotas: quotas.optional(),
});

const defaults = z.strictObject({
  regions: texts.optional(),
  lifecycle: lifecycle.optional(),
  owner: z.string().optional(),
  environment: z.string().optional(),
  addresses: addresses.optional(),
  zones: zones.optional(),
  monthlyBudgetUsd: budget.optional(),
});

const guardrails = z.strictObject({
  ownPolicies: z
    .record(
      z.string(),
      z.strictObject({
        type: z.enum(["service-control", "resource-control", "tag"]),
        document: z.record(z.string(), z.json()),
      }),
    )
    .optional(),
  serviceControlPolicies: attachments.optional(),
  resourceControlPolicies: attachments.optional(),
  tagPolicies: attachments.optional(),
  delegatedAdministrators: z.record(z.string(), z.string()).optional(),
});

/** The shape of what people write: `OrganizationInput` at run time, unknown attributes refused. */
export const organizationSchema = z.strictObject({
  name: z.string(),
  organizationId: z.string().nullable().optional(),
  partition: z.enum(partitionNames).optional(),
  homeRegion: z.string(),
  regions: texts.optional(),
  optInRegions: texts.optional(),
  organizationalUnits: unitTree.optional(),
  pools: z.record(z.string(), z.strictObject({ cidr: z.string() })).optional(),
  accounts: z.array(account),
  defaults: defaults.optional(),
  tags: tags.optional(),
  guardrails: guardrails.optional(),
  quotas: quotas.optional(),
  deployRoleName: z.string().optional(),
  environmentVariables: texts.optional(),
});
