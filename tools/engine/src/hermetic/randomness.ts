import {
  ADVICE,
  calledByDependency,
  current,
  guardFunction,
  HermeticError,
  pulumi,
} from "./guard.ts";

/** Guards the global sources of randomness. */
export function installRandomness(): void {
  const random = Math.random;
  Math.random = () => {
    if (current() === undefined) return random();
    if (calledByDependency()) return 0.5;
    throw new HermeticError("Math.random()", ADVICE.clock);
  };
  // Reading the global loads Web Crypto, so it is guarded when a program first does.
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  const web = { isGuarded: false };
  Object.defineProperty(globalThis, "crypto", {
    configurable: true,
    enumerable: true,
    get: () => {
      const crypto = descriptor?.get?.call(globalThis) as object;
      if (!web.isGuarded) {
        web.isGuarded = true;
        const owner = Object.getPrototypeOf(crypto) as object;
        for (const name of ["randomUUID", "getRandomValues"]) {
          guardFunction(owner, name, `crypto.${name}`, ADVICE.clock, pulumi);
        }
      }
      return crypto;
    },
  });
}
