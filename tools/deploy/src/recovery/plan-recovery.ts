import type { Problem } from "@atoll/core";

import type { Doubts } from "../ledger/records.ts";
import { isCloudResource, type StackDeployment, type StateResource } from "../state/deployment.ts";

import { recoveryProblem } from "./recovery-problems.ts";
import type { Candidate, Identified, SoughtResource } from "./identity.ts";

/** What a person says about a resource that could not be decided. */
export type RecoveryAnswer = { readonly id: string } | "absent";

/** What is done about one resource that may exist without being in the state. */
export interface RecoveryDecision {
  readonly urn: string;
  readonly type: string;
  /**
   * `import`: it exists, and goes into the state. `replace`: likewise, and the one in the state is what it replaces.
   * `create`: it does not exist. `ask`: only a person can tell. `report`: nobody could find it by what it is.
   */
  readonly action: "import" | "replace" | "create" | "ask" | "report";
  readonly evidence: SoughtResource["evidence"];
  /** The id to import; null for the other actions. */
  readonly id: string | null;
  /** A person gave the id, as the provider's import takes it; else it is the one that a state has. */
  readonly answered: boolean;
  readonly candidates: readonly Candidate[];
}

/** What a recovery does to a stack: data, applied by `applyRecovery`. */
export interface RecoveryPlan {
  /** Sorted by URN. */
  readonly decisions: readonly RecoveryDecision[];
  /** URNs to read anew after that, sorted. */
  readonly refresh: readonly string[];
  /** The state is written anew: it has pending operations, or something is imported. */
  readonly rewrites: boolean;
  /** What is left to a person. Any of them stops the recovery before it changes anything. */
  readonly problems: readonly Problem[];
}

/** What a recovery is planned from. */
export interface RecoveryRequest {
  readonly deployment: StackDeployment;
  /** From `soughtResources`. */
  readonly sought: readonly SoughtResource[];
  /** From an `IdentityLookup`. */
  readonly found: ReadonlyMap<string, Identified>;
  readonly doubts: Doubts;
  /** By URN. @default none */
  readonly answers?: ReadonlyMap<string, RecoveryAnswer>;
}

/** Marks a resource that was imported and not yet read: Pulumi calls its provider again if nobody reads it before. */
export const IMPORTED_MARK = "Imported after a run that was cut short, and not read since.";

/** Decides what is done with a stack after a run that did not end cleanly. */
export function planRecovery(request: RecoveryRequest): RecoveryPlan {
  const { deployment, sought, found, answers = new Map<string, RecoveryAnswer>() } = request;
  const known = knownIds(deployment);
  const decisions = sought.flatMap((each) => {
    const { identifiable, candidates } = found.get(each.urn) ?? NOT_FOUND;
    const fresh = candidates.filter(({ id }) => known.get(each.type)?.has(id) !== true);
    return decide(each, { identifiable, candidates: fresh }, deployment, answers.get(each.urn));
  });
  const imported = decisions.filter(({ id }) => id !== null).map(({ urn }) => urn);
  return {
    decisions,
    refresh: [...new Set([...imported, ...toRead(request)])].sort(),
    rewrites: imported.length > 0 || (deployment.pending_operations?.length ?? 0) > 0,
    problems: decisions.flatMap((decision) => recoveryProblem(decision) ?? []),
  };
}

const NOT_FOUND: Identified = { identifiable: false, candidates: [] };

function decide(
  sought: SoughtResource,
  { identifiable, candidates }: Identified,
  deployment: StackDeployment,
  answer: RecoveryAnswer | undefined,
): readonly RecoveryDecision[] {
  const { urn, type, evidence } = sought;
  const base = { urn, type, evidence, id: null, answered: false, candidates };
  const live = liveOf(deployment, urn);
  const imported = live === undefined ? ("import" as const) : ("replace" as const);
  if (answer === "absent") return [{ ...base, action: "create" }];
  if (answer !== undefined) return [{ ...base, action: imported, id: answer.id, answered: true }];
  const [first, ...others] = candidates;
  if (first === undefined) {
    // A suspicion alone, and nothing there: an ordinary creation.
    if (evidence === "suspected") return [];
    return [{ ...base, action: identifiable ? "create" : "report" }];
  }
  const alone = others.length === 0 && first.certain;
  if (!alone || isMadeSince(live, urn, deployment)) return [{ ...base, action: "ask" }];
  return [{ ...base, action: imported, id: first.id }];
}

/**
 * Whether what the state has was made after the creation that was cut short: then what is found is a second one, left
 * over, and not its replacement. A replacement takes over when the one that it replaces was made.
 */
function isMadeSince(
  live: StateResource | undefined,
  urn: string,
  { pending_operations: pending = [] }: StackDeployment,
): boolean {
  const operation = pending.find(
    ({ type, resource }) => type === "creating" && resource.urn === urn,
  );
  const asked = operation?.resource.created;
  return live?.created !== undefined && asked !== undefined && live.created > asked;
}

/** The resource that the state has under a URN, if it still exists. */
function liveOf({ resources = [] }: StackDeployment, urn: string): StateResource | undefined {
  return resources.find(
    (each) => each.urn === urn && each.delete !== true && each.pendingReplacement !== true,
  );
}

/** Ids in the state, by type: also those of resources that are still to be deleted, or under another name. */
function knownIds({ resources = [] }: StackDeployment): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>();
  for (const { type, id } of resources) {
    if (id === undefined) continue;
    const ids = known.get(type) ?? new Set();
    known.set(type, ids.add(id));
  }
  return known;
}

/** What is in the state and may not be as the state has it. */
function toRead({ deployment, doubts }: RecoveryRequest): readonly string[] {
  const { resources = [], pending_operations: pending = [] } = deployment;
  const changed = new Set(doubts.changed);
  for (const { type, resource } of pending) {
    if (type === "updating" || type === "deleting") changed.add(resource.urn);
  }
  return resources
    .filter((each) => each.pendingReplacement !== true && isCloudResource(each))
    .filter(({ urn, initErrors = [] }) => changed.has(urn) || initErrors.includes(IMPORTED_MARK))
    .map(({ urn }) => urn);
}
