import { compareText, hasErrors, type JsonValue, type Problem } from "@atoll/core";
import type { Preview, ResourcePreview, StackPreview, StackStatus } from "@atoll/engine";

import { countTypes, totalOf } from "../render/types.ts";
import { diffValues } from "./diff-values.ts";
import { groupChanges } from "./group-changes.ts";
import { PROTECTED, type ChangeModel } from "./judge-change.ts";
import { judgeChanges } from "./judge-changes.ts";
import { pairResources, type ResourcePair } from "./pair-resources.ts";
import type {
  Change,
  Difference,
  Effect,
  PreviewComparison,
  ResourceChange,
  StackComparison,
} from "./types.ts";

/**
 * What changed between two previews of an organization, and whether that replaces resources. Computed outputs of resources are left out: they follow from
 * what is compared (inputs, options, parent, provider, dependencies, the stacks' outputs, and problems). A side whose
 * organization has errors makes a note `BASE_NOT_COMPARABLE`, a warning, and no stacks.
 */
export function comparePreviews(request: {
  readonly base: Preview;
  readonly head: Preview;
  readonly ref: string;
  readonly commit: string;
  /** Says what replaces. */
  readonly model: ChangeModel;
  /** Only these stacks. @default all */
  readonly only?: readonly string[];
  /** What limits the comparison. @default nothing */
  readonly notes?: readonly Problem[];
}): PreviewComparison {
  const { base, head, only } = request;
  const obstacles = [...obstacle(base, request.ref), ...obstacle(head, "the working tree")];
  const wanted = ({ stack }: StackPreview) =>
    obstacles.length === 0 && (only === undefined || only.length === 0 || only.includes(stack));
  const before = new Map(base.stacks.filter(wanted).map((stack) => [stack.stack, stack]));
  const after = new Map(head.stacks.filter(wanted).map((stack) => [stack.stack, stack]));
  const removed = [...before.values()].filter(({ stack }) => !after.has(stack));
  const pairs = pairStacks(base, head);
  const effects = judgeChanges(
    [...pairs.values()].filter(({ was, is }) => isComparable(was) && isComparable(is)),
    request.model,
  );
  const compare = (was: StackPreview | undefined, is: StackPreview | undefined) =>
    compareStacks(was, is, pairs.get((is ?? was)?.stack ?? "")?.pairs, effects);
  const stacks = [
    ...[...after.values()].map((stack) => compare(before.get(stack.stack), stack)),
    ...removed.map((stack) => compare(stack, undefined)),
  ];
  return {
    version: 1,
    organization: head.organization,
    base: { ref: request.ref, commit: request.commit },
    stacks,
    groups: groupChanges(stacks, [...before.values(), ...after.values()]),
    problems: {
      added: problemsOnlyIn(head.problems, base.problems),
      removed: problemsOnlyIn(base.problems, head.problems),
    },
    notes: [...(request.notes ?? []), ...obstacles],
  };
}

/** A side whose organization has errors has no stacks: held against the other side, all of them would seem to go. */
function obstacle({ stacks, problems }: Preview, side: string): readonly Problem[] {
  if (stacks.length > 0 || !hasErrors(problems)) return [];
  return [
    {
      code: "BASE_NOT_COMPARABLE",
      severity: "warning",
      path: side,
      message: `The organization of ${side} has errors, so its stacks cannot be compared.`,
      got: [...new Set(problems.map(({ code }) => code))].sort(compareText),
      expected: "an organization without errors on both sides",
      fix: "Mend the organization, or name another revision.",
    },
  ];
}

/** Statuses of stacks that hold no resources. */
const EMPTY: readonly StackStatus[] = ["blocked", "skipped"];

function isComparable({ status }: StackPreview): boolean {
  return !EMPTY.includes(status);
}

/** The stacks that both sides have, whatever was asked for: what is replaced in one may replace something in another. */
function pairStacks(base: Preview, head: Preview) {
  const before = new Map(base.stacks.map((stack) => [stack.stack, stack]));
  return new Map(
    head.stacks.flatMap((is) => {
      const was = before.get(is.stack);
      if (was === undefined) return [];
      return [[is.stack, { was, is, pairs: pairResources(was.resources, is.resources) }] as const];
    }),
  );
}

function compareStacks(
  before: StackPreview | undefined,
  after: StackPreview | undefined,
  paired: readonly ResourcePair[] | undefined,
  effects: ReadonlyMap<string, Effect>,
): StackComparison {
  const sides = [before, after].filter((side) => side !== undefined);
  const { stack = "", account = "" } = after ?? before ?? {};
  const changes: Change[] = [];
  if (before === undefined || after === undefined) {
    const resources = totalOf(countTypes((after ?? before)?.resources ?? []));
    changes.push({
      subject: "stack",
      change: before === undefined ? "added" : "removed",
      resources,
    });
  } else if (before.status !== after.status) {
    changes.push({
      subject: "status",
      change: "changed",
      before: before.status,
      after: after.status,
    });
  }
  if (sides.every(isComparable)) {
    const pairs = paired ?? pairResources(before?.resources ?? [], after?.resources ?? []);
    changes.push(...resourceChanges(pairs, effects, after !== undefined));
    changes.push(...outputChanges(before?.outputs ?? {}, after?.outputs ?? {}));
  }
  changes.push(...problemChanges(before?.problems ?? [], after?.problems ?? []));
  const incomplete = before !== undefined && sides.some(({ status }) => status !== "ok");
  return { stack, account, incomplete: incomplete && after !== undefined, changes };
}

function resourceChanges(
  pairs: readonly ResourcePair[],
  effects: ReadonlyMap<string, Effect>,
  isThere: boolean,
): readonly Change[] {
  const renamed = new Map(
    pairs.flatMap(({ was, is }) =>
      was === undefined || is === undefined || was.urn === is.urn ? [] : [[was.urn, is.urn]],
    ),
  );
  const changes = pairs.flatMap(({ was, is }): ResourceChange[] => {
    const { urn = "", type = "", name = "" } = is ?? was ?? {};
    const about = { subject: "resource", urn, type, name } as const;
    if (was === undefined) return [{ ...about, change: "added", differences: [] }];
    if (is === undefined) {
      // A stack that is gone is not run any more: nothing deletes its resources.
      const isRefused = isThere && was.options.protect === true;
      const refusals = isRefused ? { refusals: [PROTECTED] } : {};
      return [{ ...about, change: "removed", differences: [], ...refusals }];
    }
    const differences = resourceDifferences(was, is, renamed);
    const effect = effects.get(urn);
    const isChanged = differences.length > 0 || (effect !== undefined && effect.action !== "none");
    return isChanged ? [{ ...about, change: "changed", differences, ...effectOf(effect) }] : [];
  });
  return changes.sort((a, b) => compareText(a.urn, b.urn));
}

/** What a machine reads first comes first; `follows` and the like only where there is something to say. */
function effectOf(effect: Effect | undefined): Partial<Effect> {
  if (effect === undefined) return {};
  const { action, replaces, verified, deletesFirst, refusals, follows } = effect;
  return {
    action,
    replaces,
    verified,
    ...(deletesFirst ? { deletesFirst } : {}),
    ...(refusals.length === 0 ? {} : { refusals }),
    ...(follows.length === 0 ? {} : { follows }),
  };
}

function resourceDifferences(
  was: ResourcePreview,
  is: ResourcePreview,
  renamed: ReadonlyMap<string, string>,
): readonly Difference[] {
  const now = (urn: string) => renamed.get(urn) ?? urn;
  const comparable = (resource: ResourcePreview): Record<string, JsonValue> => {
    const { parent, provider } = resource;
    const options = { ...resource.options };
    return {
      inputs: resource.inputs,
      options,
      parent: parent === null ? null : now(parent),
      provider: provider === null ? null : now(providerUrn(provider)),
    };
  };
  const before = was.dependencies.map(now);
  const gone = before.filter((urn) => !is.dependencies.includes(urn));
  const come = is.dependencies.filter((urn) => !before.includes(urn));
  return [
    ...gone.map((urn) => ({ path: "dependencies", before: urn })),
    ...come.map((urn) => ({ path: "dependencies", after: urn })),
    ...diffValues(comparable(was), comparable(is), ""),
    ...(was.urn === is.urn ? [] : [{ path: "urn", before: was.urn, after: is.urn }]),
  ];
}

/** A provider's reference without its id, which is planned anew in each run. */
function providerUrn(provider: string): string {
  return provider.replace(/::[^:]*$/, "");
}

function outputChanges(
  before: Readonly<Record<string, JsonValue>>,
  after: Readonly<Record<string, JsonValue>>,
): readonly Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  return names.flatMap((name): Change[] => {
    const differences = diffValues(before[name], after[name], name);
    if (differences.length === 0) return [];
    const change = !(name in before) ? "added" : !(name in after) ? "removed" : "changed";
    return [{ subject: "output", change, name, differences }];
  });
}

function problemChanges(before: readonly Problem[], after: readonly Problem[]): readonly Change[] {
  const change = (kind: "added" | "removed") => (problem: Problem) =>
    ({ subject: "problem", change: kind, problem }) as const;
  return [
    ...problemsOnlyIn(after, before).map(change("added")),
    ...problemsOnlyIn(before, after).map(change("removed")),
  ];
}

/** Problems that the other side does not have; a line that moved makes no new problem. */
function problemsOnlyIn(these: readonly Problem[], those: readonly Problem[]): readonly Problem[] {
  const key = ({ code, severity, path, message, got }: Problem) =>
    JSON.stringify([code, severity, path, message, got]);
  const known = new Set(those.map(key));
  return these.filter((problem) => !known.has(key(problem)));
}
