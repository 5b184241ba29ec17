import type { LifecycleState } from "./model.ts";

/** The commands whose effect depends on an account's lifecycle. */
export type LifecycleCommand = "preview" | "up" | "destroy" | "refresh" | "drift" | "addresses";

/**
 * `run`: the command works on the account. `skip`: it leaves the account out and says why. `refuse`: the command is
 * wrong for the account; naming one of its stacks is an error, and a run over all stacks leaves it out and says why.
 */
export type LifecycleAction = "run" | "skip" | "refuse";

/** What a command does to an account, and the reason in words that a person is shown. */
export interface LifecycleDecision {
  readonly action: LifecycleAction;
  readonly reason: string;
}

/** The states in the order in which an account goes through them. */
export const LIFECYCLE_STATES = [
  "requested",
  "vended",
  "quarantined",
  "baselined",
  "active",
  "draining",
  "suspended",
  "closed",
] as const satisfies readonly LifecycleState[];

const run = (reason: string): LifecycleDecision => ({ action: "run", reason });
const skip = (reason: string): LifecycleDecision => ({ action: "skip", reason });
const refuse = (reason: string): LifecycleDecision => ({ action: "refuse", reason });

const notVended = skip("the account has no id yet, and so no role to assume: vend it first");
const suspended = skip("the account is suspended: AWS refuses calls into it");
const closed = skip("the account is closed");
const quarantinedRun = run("the account is quarantined: only the deploy role may act in it");
const inUse = run("the account is in use");
const draining = run("the account is being emptied; what is left in it stays visible");

const everything = (decision: LifecycleDecision): Record<LifecycleCommand, LifecycleDecision> => ({
  preview: decision,
  up: decision,
  destroy: decision,
  refresh: decision,
  drift: decision,
  addresses: decision,
});

/**
 * The one table of lifecycle state and command.
 *
 * A closed or suspended account is skipped by every command, so it never breaks a run. A requested account has no id,
 * so nothing but its addresses can be worked out; the management account's stack creates it. A draining account takes
 * no new deployment: `up` is refused, everything that looks or removes still works.
 */
export const LIFECYCLE: Readonly<
  Record<LifecycleState, Readonly<Record<LifecycleCommand, LifecycleDecision>>>
> = {
  requested: {
    ...everything(notVended),
    addresses: run("addresses are set aside before the account exists"),
  },
  vended: everything(quarantinedRun),
  quarantined: everything(quarantinedRun),
  baselined: everything(run("the account has its baseline")),
  active: everything(inUse),
  draining: {
    ...everything(draining),
    up: refuse("the account is being emptied: nothing new is deployed into it"),
  },
  suspended: everything(suspended),
  closed: everything(closed),
};

/** Looks up the table: what the command does to an account in that state, and why. */
export function lifecycleDecision(
  state: LifecycleState,
  command: LifecycleCommand,
): LifecycleDecision {
  return LIFECYCLE[state][command];
}

/** True from `vended` on: AWS has the account, and its id is known. */
export function isVended(state: LifecycleState): boolean {
  return LIFECYCLE_STATES.indexOf(state) >= LIFECYCLE_STATES.indexOf("vended");
}

/** True before `baselined`: only the deploy role may act in the account. */
export function isQuarantined(state: LifecycleState): boolean {
  return LIFECYCLE_STATES.indexOf(state) < LIFECYCLE_STATES.indexOf("baselined");
}
