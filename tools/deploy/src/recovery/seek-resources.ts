import type { Doubts } from "../ledger/records.ts";
import { isCloudResource, parseUrn, type StackDeployment } from "../state/deployment.ts";
import { realValues } from "../state/real-values.ts";

import type { DeclaredResource } from "./declared.ts";
import type { SoughtResource } from "./identity.ts";

/** What is known after a run of a stack that did not end cleanly. */
export interface SeekRequest {
  readonly deployment: StackDeployment;
  readonly declared: readonly DeclaredResource[];
  /** Of the stack's last record. */
  readonly doubts: Doubts;
  /** The last run was cut short: whatever is declared and not in the state may have been made. */
  readonly cutShort: boolean;
}

/** Whether a stack needs a recovery at all. */
export function needsRecovery({ deployment, doubts, cutShort }: SeekRequest): boolean {
  const pending = deployment.pending_operations?.length ?? 0;
  return pending > 0 || doubts.made.length > 0 || doubts.changed.length > 0 || cutShort;
}

/**
 * What is to be looked for, sorted by URN: creations that were under way when Pulumi was killed, those whose provider
 * was, and, after a run that was cut short, everything that is declared and not in the state.
 */
export function soughtResources(request: SeekRequest): readonly SoughtResource[] {
  const { deployment, declared, doubts, cutShort } = request;
  const { resources = [], pending_operations: pending = [] } = deployment;
  const sought = new Map<string, SoughtResource>();
  const made = new Set(doubts.made);
  const real = realValues(declared, resources);
  const inState = new Set(resources.filter((each) => each.delete !== true).map(({ urn }) => urn));
  // What stands beside its successor was replaced: that creation is in the state.
  const replaced = new Set(resources.filter((each) => each.delete === true).map(({ urn }) => urn));
  for (const { urn, type, inputs, options, provider } of declared) {
    if (provider === null || options.external === true || options.import !== undefined) continue;
    const unanswered = made.has(urn) && !(inState.has(urn) && replaced.has(urn));
    if (!unanswered && !(cutShort && !inState.has(urn))) continue;
    const evidence = unanswered ? "unanswered" : "suspected";
    sought.set(urn, { ...namesOf(urn), urn, type, inputs: real(asRecord(inputs)), evidence });
  }
  for (const { type, resource } of pending) {
    if (type !== "creating" || !isCloudResource(resource)) continue;
    const { urn, inputs = {} } = resource;
    // What Pulumi asked for has real ids in it, where the preview has planned ones.
    sought.set(urn, { ...namesOf(urn), urn, type: resource.type, inputs, evidence: "pending" });
  }
  return [...sought.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

function namesOf(urn: string): { readonly name: string; readonly stack: string } {
  const { name, stack } = parseUrn(urn);
  return { name, stack };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
