import type { Scope } from "../model.ts";
import type { PlainValue } from "../values.ts";
import type { Seed } from "./seed.ts";

/** What a rule may look at when it plans a value of a resource. */
export interface PlanContext {
  readonly type: string;
  /** The provider's scope, with the resource's own region. */
  readonly scope: Scope;
  readonly seed: Seed;
  /** Planned, imported or read. */
  readonly id: string;
  /** Logical name. */
  readonly name: string;
  /** Inputs, automatic names, defaults, and whatever has been planned so far. */
  readonly values: Readonly<Record<string, PlainValue>>;
}
