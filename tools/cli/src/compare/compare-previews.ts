import { compareText, hasErrors, type JsonValue, type Problem } from "@atoll/core";
import type { Preview, ResourcePreview, StackPreview, StackStatus } from "@atoll/engine";

import { countTypes, totalOf } from "../render/types.ts";
import { diffValues } from "./diff-values.ts";
import { groupChanges } from "./group-changes.ts";
import type { Change, Difference, PreviewComparison, StackComparison } from "./types.ts";

/**
 * What changed between two previews of an organization. Computed outputs of resources are left out: they follow from
 * what is compared (inputs, options, parent, provider, dependencies, the stacks' outputs, and problems). A side whose
 * organization has errors makes a note `BASE_NOT_COMPARABLE`, a warning, and no stacks.
 */
export function comparePreviews(request: {
  readonly base: Preview;
  readonly head: Preview;
  readonly ref: string;
  readonly commit: string;
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
  const stacks = [
    ...[...after.values()].map((stack) => compareStacks(before.get(stack.stack), stack)),
    ...removed.map((stack) => compareStacks(stack, undefined)),
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

function compareStacks(
  before: StackPreview | undefined,
  after: StackPreview | undefined,
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
  if (!sides.some(({ status }) => EMPTY.includes(status))) {
    changes.push(...resourceChanges(before?.resources ?? [], after?.resources ?? []));
    changes.push(...outputChanges(before?.outputs ?? {}, after?.outputs ?? {}));
  }
  changes.push(...problemChanges(before?.problems ?? [], after?.problems ?? []));
  const incomplete = before !== undefined && sides.some(({ status }) => status !== "ok");
  return { stack, account, incomplete: incomplete && after !== undefined, changes };
}

function resourceChanges(
  before: readonly ResourcePreview[],
  after: readonly ResourcePreview[],
): readonly Change[] {
  const old = new Map(before.map((resource) => [resource.urn, resource]));
  const now = new Map(after.map((resource) => [resource.urn, resource]));
  const urns = [...new Set([...old.keys(), ...now.keys()])].sort(compareText);
  return urns.flatMap((urn): Change[] => {
    const [was, is] = [old.get(urn), now.get(urn)];
    const { type = "", name = "" } = is ?? was ?? {};
    const about = { subject: "resource", urn, type, name } as const;
    if (was === undefined) return [{ ...about, change: "added", differences: [] }];
    if (is === undefined) return [{ ...about, change: "removed", differences: [] }];
    const differences = resourceDifferences(was, is);
    return differences.length === 0 ? [] : [{ ...about, change: "changed", differences }];
  });
}

function resourceDifferences(was: ResourcePreview, is: ResourcePreview): readonly Difference[] {
  const comparable = (resource: ResourcePreview): Record<string, JsonValue> => ({
    inputs: resource.inputs,
    options: { ...resource.options },
    parent: resource.parent,
    provider: providerUrn(resource.provider),
  });
  const gone = was.dependencies.filter((urn) => !is.dependencies.includes(urn));
  const come = is.dependencies.filter((urn) => !was.dependencies.includes(urn));
  return [
    ...gone.map((before) => ({ path: "dependencies", before })),
    ...come.map((after) => ({ path: "dependencies", after })),
    ...diffValues(comparable(was), comparable(is), ""),
  ];
}

/** A provider's reference without its id, which is planned anew in each run. */
function providerUrn(provider: string | null): string | null {
  return provider === null ? null : provider.replace(/::[^:]*$/, "");
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
