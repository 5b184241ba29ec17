import {
  ADVICE,
  calledByDependency,
  current,
  HermeticError,
  type HermeticOptions,
} from "./guard.ts";

/** Guards what the process was started with. */
export function installEnvironment(): void {
  const read = (target: NodeJS.ProcessEnv, key: string | symbol): string | undefined => {
    const options = current();
    if (typeof key === "symbol" || options === undefined)
      return Reflect.get(target, key) as string | undefined;
    if (Object.hasOwn(options.environment, key)) return options.environment[key] ?? undefined;
    // Node and the SDK look for these on every module and every resource: no stack is taken for them.
    if (/^(?:WATCH|NODE|PULUMI)_/u.test(key)) return undefined;
    // Pulumi and AWS libraries look for their settings on every call: here they find none.
    if (calledByDependency()) return undefined;
    throw new HermeticError(`process.env.${key}`, ADVICE.environment);
  };
  process.env = new Proxy(process.env, {
    get: read,
    has: (target, key) =>
      current() === undefined ? Reflect.has(target, key) : read(target, key) !== undefined,
    ownKeys: (target) => {
      const options = current();
      return options === undefined ? Reflect.ownKeys(target) : namesThatAreSet(options.environment);
    },
    getOwnPropertyDescriptor: (target, key) => {
      const options = current();
      if (options === undefined) return Reflect.getOwnPropertyDescriptor(target, key);
      const value = typeof key === "string" ? options.environment[key] : undefined;
      return value == null
        ? undefined
        : { value, writable: true, enumerable: true, configurable: true };
    },
  });
}

/** Numbers that the operating system gives out. */
export function installProcess(): void {
  for (const name of ["pid", "ppid"] as const) {
    const value = process[name];
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        if (current() === undefined || calledByDependency()) return value;
        throw new HermeticError(`process.${name}`, ADVICE.clock);
      },
    });
  }
}

function namesThatAreSet(environment: HermeticOptions["environment"]): readonly string[] {
  return Object.keys(environment).filter((name) => environment[name] !== null);
}
