import type { AddressAllocation, Organization, StackPlan } from "@atoll/organization";

import { PreviewCache } from "./preview-cache.ts";
import type { ProgramReference } from "./protocol.ts";
import type { WireProperties } from "./wire.ts";

/** Part of every key: raise it when what is kept changes its shape. */
const CACHE_FORMAT = 1;

/** Everything that a stack's preview depends on. */
export interface StackKeyParts {
  /** Digest of every file that programs may read, the lockfile among them. */
  readonly digest: string;
  readonly organization: Organization;
  /** Absolute path. */
  readonly organizationFile: string;
  readonly plan: StackPlan;
  readonly program: ProgramReference | undefined;
  readonly addresses: readonly AddressAllocation[];
  /** Outputs of the stacks it needs, by stack name. */
  readonly needs: Readonly<Record<string, WireProperties>>;
  /** The variables that programs may read. */
  readonly environment: Readonly<Record<string, string | null>>;
  readonly unknowns: boolean;
  readonly sources: boolean;
}

/**
 * The key of a stack in the preview cache. Of the organization, only what every program is given counts here, and the
 * quotas that its resources are held against: a program that reads the rest is known by it, and its entry says so.
 */
export function stackKey(parts: StackKeyParts): string {
  const { organization, program, ...rest } = parts;
  const {
    accounts: _accounts,
    pools: _pools,
    guardrails: _guardrails,
    organizationalUnits: _organizationalUnits,
    ...settings
  } = organization;
  return PreviewCache.key({
    ...rest,
    settings,
    program: program?.file ?? null,
    format: CACHE_FORMAT,
    node: `${process.version} ${process.platform} ${process.arch}`,
    // What relative paths mean, and what texts of dates and numbers look like, depends on these.
    folder: process.cwd(),
    locale: ["TZ", "LANG", "LC_ALL"].map((name) => process.env[name] ?? null),
  });
}
