import fs from "node:fs";
import fsPromises from "node:fs/promises";
import module from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { getCallSites } from "node:util";

import { AtollError } from "@atoll/core";

/** What a program may not use in a preview, because the preview would then depend on more than its inputs. */
export class HermeticError extends AtollError {
  /** What was used, such as `process.env.HOME`. */
  readonly what: string;

  constructor(what: string, advice: string) {
    super("PREVIEW_NOT_HERMETIC", `A program may not use ${what} in a preview. ${advice}`);
    this.what = what;
  }
}

/** What a program may read while the guard is on. */
export interface HermeticOptions {
  /** Absolute path of the workspace. */
  readonly root: string;
  /** Absolute paths of the files that the cache's key covers; null where that is not known (nothing is refused). */
  readonly files: ReadonlySet<string> | null;
  /** Absolute paths that may be imported though not read. */
  readonly importable: ReadonlySet<string>;
  /** Environment variables that programs may read, with the values that are in the cache's key; null: not set. */
  readonly environment: Readonly<Record<string, string | null>>;
}

const ADVICE = {
  environment:
    "List it in the organization's `environmentVariables`, or write the value in the organization file.",
  clock: "Pass the value in, so that the same input gives the same preview.",
  network: "Previews are made offline.",
  file: "Only files that git does not ignore can be read, because only they are part of the preview's input.",
} as const;

/** The instant that dependencies see while the guard is on. */
const FIXED_TIME_MILLISECONDS = Date.UTC(2000, 0, 1);

let active: HermeticOptions | undefined;
let installed = false;

/**
 * Runs the callback with environment, clock, randomness, network, child processes and files outside the workspace
 * refused. Dependencies (code under `node_modules`) may look at the clock and the environment, as libraries do out of
 * habit, but find a fixed time and nothing set.
 */
export async function hermetically<T>(options: HermeticOptions, run: () => Promise<T>): Promise<T> {
  install();
  active = options;
  try {
    return await run();
  } finally {
    active = undefined;
  }
}

/** Who called: the file of the nearest caller that is neither this one nor part of Node; empty when there is none. */
function callerFile(): string {
  const files = getCallSites(16).map(({ scriptName }) => scriptName);
  const isCaller = (file: string) =>
    file !== "" && !file.startsWith("node:") && !file.endsWith(import.meta.filename);
  return files.find(isCaller) ?? "";
}

/** Which callers are not refused. Node's own doings, which nobody called, never are. */
type Exempt = (caller: string) => boolean;

const dependencies: Exempt = (caller) => caller.includes("/node_modules/");
const pulumi: Exempt = (caller) => caller.includes("/node_modules/@pulumi/");
const nobody: Exempt = () => false;

function isExempt(exempt: Exempt): boolean {
  const caller = callerFile();
  return caller === "" || exempt(caller);
}

function calledByDependency(): boolean {
  return isExempt(dependencies);
}

/** Replaces a function of a built-in module, so that it answers as `guard` says while the guard is on. */
function guardFunction(
  owner: object,
  name: string,
  what: string,
  advice: string,
  exempt: Exempt = dependencies,
  refuse: (args: readonly unknown[], options: HermeticOptions) => boolean = () => true,
): void {
  const original = Reflect.get(owner, name) as ((...args: unknown[]) => unknown) | undefined;
  if (original === undefined) return;
  const guarded = function (this: unknown, ...args: unknown[]): unknown {
    if (active !== undefined && refuse(args, active) && !isExempt(exempt)) {
      throw new HermeticError(what, advice);
    }
    return Reflect.apply(original, this, args);
  };
  Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(original));
  Reflect.set(owner, name, guarded);
}

function install(): void {
  if (installed) return;
  installed = true;
  installClock();
  installRandomness();
  installEnvironment();
  installProcess();
  guardFunction(globalThis, "fetch", "fetch", ADVICE.network, nobody);
  installFiles();
  installModules();
  module.syncBuiltinESMExports();
}

/** Functions of built-in modules that reach outside of the program, with the advice for each. */
const MODULES: Readonly<
  Record<
    string,
    { readonly advice: string; readonly exempt?: Exempt; readonly names: readonly string[] }
  >
> = {
  child_process: {
    advice: ADVICE.network,
    exempt: nobody,
    names: ["exec", "execSync", "execFile", "execFileSync", "spawn", "spawnSync", "fork"],
  },
  crypto: {
    advice: ADVICE.clock,
    // The SDK numbers its callbacks with it; nothing of that shows.
    exempt: pulumi,
    names: [
      "randomUUID",
      "randomBytes",
      "randomInt",
      "randomFillSync",
      "randomFill",
      "getRandomValues",
    ],
  },
  dgram: { advice: ADVICE.network, exempt: nobody, names: ["createSocket"] },
  dns: {
    advice: ADVICE.network,
    exempt: nobody,
    names: ["lookup", "resolve", "resolve4", "resolve6"],
  },
  http: { advice: ADVICE.network, exempt: nobody, names: ["request", "get"] },
  http2: { advice: ADVICE.network, exempt: nobody, names: ["connect"] },
  https: { advice: ADVICE.network, exempt: nobody, names: ["request", "get"] },
  net: { advice: ADVICE.network, exempt: nobody, names: ["connect", "createConnection"] },
  os: {
    advice: ADVICE.clock,
    names: [
      "hostname",
      "userInfo",
      "homedir",
      "tmpdir",
      "networkInterfaces",
      "cpus",
      "uptime",
      "loadavg",
      "freemem",
      "totalmem",
    ],
  },
  tls: { advice: ADVICE.network, exempt: nobody, names: ["connect"] },
};

/** Guards a built-in module when it is first imported: loading all of them would take longer than many a preview. */
function installModules(): void {
  const guarded = new Set<string>();
  module.registerHooks({
    resolve: (specifier, context, next) => {
      const name = specifier.replace(/^node:/u, "");
      const functions = Object.hasOwn(MODULES, name) ? MODULES[name] : undefined;
      if (functions !== undefined && !guarded.has(name)) {
        guarded.add(name);
        const owner = process.getBuiltinModule(name) as object;
        for (const each of functions.names) {
          guardFunction(owner, each, `${name}.${each}`, functions.advice, functions.exempt);
        }
        module.syncBuiltinESMExports();
      }
      const resolved = next(specifier, context);
      refuseImport(resolved.url);
      return resolved;
    },
  });
}

/** Imports read files too, past the functions that are guarded. */
function refuseImport(url: string): void {
  if (active?.files == null || !url.startsWith("file:")) return;
  const path = fileURLToPath(url);
  if (path.includes("/node_modules/") || active.files.has(path) || active.importable.has(path))
    return;
  throw new HermeticError(`the file ${path} (import)`, ADVICE.file);
}

function installClock(): void {
  const RealDate = Date;
  const now = (what: string): number | undefined => {
    if (active === undefined) return undefined;
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

function installRandomness(): void {
  const random = Math.random;
  Math.random = () => {
    if (active === undefined) return random();
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

function installEnvironment(): void {
  const read = (target: NodeJS.ProcessEnv, key: string | symbol): string | undefined => {
    if (typeof key === "symbol" || active === undefined)
      return Reflect.get(target, key) as string | undefined;
    if (Object.hasOwn(active.environment, key)) return active.environment[key] ?? undefined;
    // Node and the SDK look for these on every module and every resource: no stack is taken for them.
    if (/^(?:WATCH|NODE|PULUMI)_/u.test(key)) return undefined;
    // Pulumi and AWS libraries look for their settings on every call: here they find none.
    if (calledByDependency()) return undefined;
    throw new HermeticError(`process.env.${key}`, ADVICE.environment);
  };
  process.env = new Proxy(process.env, {
    get: read,
    has: (target, key) =>
      active === undefined ? Reflect.has(target, key) : read(target, key) !== undefined,
    ownKeys: (target) =>
      active === undefined ? Reflect.ownKeys(target) : namesThatAreSet(active.environment),
    getOwnPropertyDescriptor: (target, key) => {
      if (active === undefined) return Reflect.getOwnPropertyDescriptor(target, key);
      const value = typeof key === "string" ? active.environment[key] : undefined;
      return value == null
        ? undefined
        : { value, writable: true, enumerable: true, configurable: true };
    },
  });
}

/** Numbers that the operating system gives out. */
function installProcess(): void {
  for (const name of ["pid", "ppid"] as const) {
    const value = process[name];
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        if (active === undefined || calledByDependency()) return value;
        throw new HermeticError(`process.${name}`, ADVICE.clock);
      },
    });
  }
}

function namesThatAreSet(environment: HermeticOptions["environment"]): readonly string[] {
  return Object.keys(environment).filter((name) => environment[name] !== null);
}

/** Functions of `fs` whose first argument is a path that is read, listed or looked for. */
const READERS = ["readFile", "open", "opendir", "readdir", "readlink", "stat", "lstat", "access"];

function installFiles(): void {
  const refuse = (args: readonly unknown[], options: HermeticOptions): boolean => {
    const target = args[0];
    if (options.files === null || typeof target === "number") return false;
    const path = target instanceof URL ? fileURLToPath(target) : resolve(String(target));
    return !isCovered(path, options.files) && !path.includes("/node_modules/");
  };
  const guard = (owner: object, name: string) => {
    const what = `what is not part of the workspace (fs.${name})`;
    guardFunction(owner, name, what, ADVICE.file, dependencies, refuse);
  };
  const others = ["createReadStream", "existsSync", "exists"];
  for (const name of [...READERS, ...READERS.map((each) => `${each}Sync`), ...others])
    guard(fs, name);
  for (const name of READERS) guard(fsPromises, name);
}

let folders: { readonly of: ReadonlySet<string>; readonly paths: ReadonlySet<string> } | undefined;

/** True for a file that the cache's key covers, and for a folder that holds one. */
function isCovered(path: string, files: ReadonlySet<string>): boolean {
  if (files.has(path)) return true;
  if (folders?.of !== files) {
    const paths = new Set<string>();
    for (const file of files) {
      for (let folder = dirname(file); !paths.has(folder); folder = dirname(folder))
        paths.add(folder);
    }
    folders = { of: files, paths };
  }
  return folders.paths.has(path);
}
