import { compareText } from "@atoll/core";
import type { StackPreview } from "@atoll/engine";

import { genericTexts, type GenericTexts } from "./generic-texts.ts";
import type { Change, ChangeGroup, StackComparison } from "./types.ts";

/**
 * Puts the same change in several stacks together. Two changes are the same when their texts agree once what belongs
 * to an account alone (its name and id, the ids planned for its resources, its addresses) is spelled generally. Every
 * change is in exactly one group.
 *
 * @param sides the stacks' previews, of the base and of the working tree
 */
export function groupChanges(
  stacks: readonly StackComparison[],
  sides: readonly StackPreview[],
): readonly ChangeGroup[] {
  const previews = new Map<string, StackPreview[]>();
  for (const preview of sides) {
    previews.set(preview.stack, [...(previews.get(preview.stack) ?? []), preview]);
  }
  const groups = new Map<string, { stack: string; change: Change; exact: string }[]>();
  for (const { stack, changes } of stacks) {
    if (changes.length === 0) continue;
    const texts = genericTexts(stack, previews.get(stack) ?? []);
    for (const change of changes) {
      const { key, exact } = keysOf(change, texts);
      const member = { stack, change, exact };
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [member]);
      else group.push(member);
    }
  }
  return [...groups.values()].flatMap(splitRepeats).map((members): ChangeGroup => {
    const first = members[0] as (typeof members)[number];
    return {
      stacks: members.map(({ stack }) => stack).sort(compareText),
      change: first.change,
      varies: members.some(({ exact }) => exact !== first.exact),
    };
  });
}

/** A stack that has a change twice (it can only for problems) is in two groups, so that the numbers add up. */
function splitRepeats<Member extends { readonly stack: string }>(
  members: readonly Member[],
): readonly (readonly Member[])[] {
  const rounds: Member[][] = [];
  const seen = new Map<string, number>();
  for (const member of members) {
    const round = seen.get(member.stack) ?? 0;
    seen.set(member.stack, round + 1);
    (rounds[round] ??= []).push(member);
  }
  return rounds;
}

/** `key`: the change with nothing of its account in it. `exact`: its values as they stand. */
function keysOf(change: Change, texts: GenericTexts): { key: string; exact: string } {
  switch (change.subject) {
    case "stack":
    case "status": {
      const text = JSON.stringify(change);
      return { key: text, exact: text };
    }
    case "resource": {
      const { differences, urn, name: _name, ...about } = change;
      const text = JSON.stringify([about, differences]);
      return { key: JSON.stringify([texts.all(urn), texts.all(text)]), exact: texts.urns(text) };
    }
    case "output": {
      const head = [change.subject, change.change, change.name];
      return {
        key: JSON.stringify([head, texts.all(JSON.stringify(change.differences))]),
        exact: texts.urns(JSON.stringify(change.differences)),
      };
    }
    case "problem": {
      const text = JSON.stringify(change.problem);
      return {
        key: JSON.stringify([change.subject, change.change, texts.all(text)]),
        exact: texts.urns(text),
      };
    }
    default: {
      const never: never = change;
      return never;
    }
  }
}
