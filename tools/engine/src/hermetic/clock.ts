import { ADVICE, calledByDependency, current, guardFunction, HermeticError } from "./guard.ts";

/** The instant that dependencies see while the guard is on. */
const FIXED_TIME_MILLISECONDS = Date.UTC(2000, 0, 1);

/** Guards the clock, however it is read. */
export function installClock(): void {
  const RealDate = Date;
  const now = (what: string): number | undefined => {
    if (current() === undefined) return undefined;
    if (calledByDependency()) return FIXED_TIME_MILLISECONDS;
    throw new HermeticError(what, ADVICE.clock);
  };
  const GuardedDate = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) => {
      const fixed = args.length === 0 ? now("the clock (new Date())") : undefined;
      return Reflect.construct(target, fixed === undefined ? args : [fixed], newTarget) as object;
    },
    apply: (target) => new target(now("the clock (Date())") ?? RealDate.now()).toString(),
    get: (target, key, receiver) =>
      key === "now"
        ? () => now("the clock (Date.now())") ?? RealDate.now()
        : (Reflect.get(target, key, receiver) as unknown),
  });
  globalThis.Date = GuardedDate;
  guardFunction(performance, "now", "the clock (performance.now())", ADVICE.clock);
  // Its `bigint` goes along: the replacement takes over every property.
  guardFunction(process, "hrtime", "the clock (process.hrtime())", ADVICE.clock);
  guardFunction(process.hrtime, "bigint", "the clock (process.hrtime.bigint())", ADVICE.clock);
}
