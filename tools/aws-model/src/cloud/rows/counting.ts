import type { LimitName } from "@atoll/aws-facts";
import type { Provenance } from "../../provenance.ts";
import { isPlainList } from "../../values.ts";
import { others } from "../look.ts";
import type { LimitRule } from "../row.ts";

/** What every rule of this kind says of itself. */
interface Counted {
  readonly rule: string;
  readonly code: string;
  readonly limit: LimitName;
  /** What counts, such as `VPCs in the region`. */
  readonly what: string;
  readonly provenance: Provenance;
}

/** At most so many resources of a type in a region, or among those that have an output in common. */
export function atMost(counted: Counted, per: readonly string[] = [], path = ""): LimitRule {
  return {
    ...counted,
    text: `There is a quota of ${counted.what}.`,
    used: (context) => {
      const { wanted, current } = context;
      if (current !== undefined) return undefined;
      const alike = others(context).filter((other) =>
        per.every((name) => other.outputs[name] === wanted.outputs[name]),
      );
      return {
        count: alike.length + 1,
        existing: alike.length,
        path: path || (per[0] ?? ""),
      };
    },
  };
}

/** At most so many entries in a list of the resource's own. */
export function atMostEntries(counted: Counted, path: string): LimitRule {
  return {
    ...counted,
    text: `There is a quota of ${counted.what}.`,
    used: ({ wanted }) => {
      const list = wanted.inputs[path];
      return isPlainList(list) ? { count: list.length, path } : undefined;
    },
  };
}

/** At most so many, counted by code. */
export function atMostBy(counted: Counted, used: LimitRule["used"]): LimitRule {
  return { ...counted, text: `There is a quota of ${counted.what}.`, used };
}
