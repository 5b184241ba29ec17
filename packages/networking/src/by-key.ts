import { AtollError } from "@atoll/core";

/** Children by the key of the plan item that each was created from. */
export function byKey<Item extends { readonly key: string }, Child>(
  items: readonly Item[],
  create: (item: Item) => Child,
): ReadonlyMap<string, Child> {
  return new Map(items.map((item) => [item.key, create(item)]));
}

/**
 * The child of that key.
 *
 * @throws AtollError `VPC_PLAN_INCONSISTENT` when the plan names a child that it does not have
 */
export function childOf<Child>(children: ReadonlyMap<string, Child>, key: string): Child {
  const child = children.get(key);
  if (child === undefined) throw new AtollError("VPC_PLAN_INCONSISTENT", `the plan has no ${key}`);
  return child;
}
