import { COMPUTE } from "./rules/compute.ts";
import { IDENTITY } from "./rules/identity.ts";
import { ORGANIZATIONS } from "./rules/organizations.ts";
import { STORAGE } from "./rules/storage.ts";
import { VPC } from "./rules/vpc.ts";
import type { RuleTable, TypeRule } from "./type-rule.ts";

/** All tables of naming rules. */
export const RULE_TABLES: readonly RuleTable[] = [COMPUTE, IDENTITY, ORGANIZATIONS, STORAGE, VPC];

const rules = new Map<string, TypeRule>(
  RULE_TABLES.flatMap((table) => Object.entries(table.rules)),
);

/** The naming rule of a type; undefined where only the generic one applies. */
export function ruleOf(type: string): TypeRule | undefined {
  return rules.get(type);
}
