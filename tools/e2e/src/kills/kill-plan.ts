import type { Random } from "./random.ts";

/** The processes that a run consists of, and each of which is killed. */
export const VICTIMS = ["atoll", "host", "pulumi", "provider"] as const;

/** One of them: the command, a process that runs programs, Pulumi's engine, or the sandbox's provider. */
export type Victim = (typeof VICTIMS)[number];

/** When the kill comes. */
export type Moment =
  /** After the states and the accounts have changed so many times on disk. */
  | { readonly type: "change"; readonly count: number }
  /** So long after such a process was seen. */
  | { readonly type: "time"; readonly since: Victim; readonly milliseconds: number }
  /** At one call to AWS, before it is done, or after it and before anybody is told: by the sandbox itself. */
  | { readonly type: "call"; readonly call: number; readonly when: "before" | "after" };

/** One kill -9. */
export interface KillPlan {
  readonly victim: Victim;
  readonly moment: Moment;
  /** Which of several such processes, from 0 up to 1. */
  readonly which: number;
  /** How long each call to AWS takes in that run, in milliseconds: so that there is something to be cut short. */
  readonly latencyMilliseconds: number;
  /** Whether what the killed process leaves running is waited for before the next run begins. */
  readonly waits: boolean;
}

/**
 * Draws a kill.
 *
 * @param most changes, and calls, after which a run is over in all likelihood
 */
export function drawKill(random: Random, victim: Victim, most: number): KillPlan {
  return {
    victim,
    moment: drawMoment(random, victim, most),
    which: random.next(),
    latencyMilliseconds: random.pick([0, 20, 60]),
    waits: random.chance(0.5),
  };
}

function drawMoment(random: Random, victim: Victim, most: number): Moment {
  const isReached = victim === "pulumi" || victim === "provider";
  const type = random.pick<Moment["type"]>(
    isReached ? ["call", "call", "change", "time"] : ["change", "change", "time"],
  );
  switch (type) {
    case "call": {
      const when = random.pick(["before", "after"] as const);
      return { type, call: random.between(1, Math.ceil(most / 2)), when };
    }
    case "change":
      return { type, count: random.between(1, most) };
    case "time": {
      // Most of what the command does before its engine is at work changes nothing.
      const since = victim === "pulumi" || random.chance(0.75) ? "pulumi" : victim;
      return { type, since, milliseconds: random.between(0, 1_200) };
    }
  }
}

/** A kill in words, for whoever reads a log. */
export function describeKill({ victim, moment, latencyMilliseconds, waits }: KillPlan): string {
  const pace = `${String(latencyMilliseconds)} ms a call`;
  return `${victim} ${describeMoment(moment)}, ${pace}, ${waits ? "leftovers waited for" : "at once"}`;
}

function describeMoment(moment: Moment): string {
  switch (moment.type) {
    case "change":
      return `after ${String(moment.count)} changes on disk`;
    case "time":
      return `${String(moment.milliseconds)} ms after ${moment.since} was seen`;
    case "call":
      return `${moment.when} call ${String(moment.call)}`;
  }
}

/** How many kills of each kind there were: `12 kills (3 atoll, 3 host, 3 pulumi, 3 provider)`. */
export function countKills(victims: readonly Victim[]): string {
  const counts = VICTIMS.map(
    (victim) => `${String(victims.filter((each) => each === victim).length)} ${victim}`,
  );
  return `${String(victims.length)} kills (${counts.join(", ")})`;
}
