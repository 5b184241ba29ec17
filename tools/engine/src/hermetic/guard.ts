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

/** What to do instead, by what was used. */
export const ADVICE = {
  environment:
    "List it in the organization's `environmentVariables`, or write the value in the organization file.",
  clock: "Pass the value in, so that the same input gives the same preview.",
  network: "Previews are made offline.",
  file: "Only files that git does not ignore can be read, because only they are part of the preview's input.",
} as const;

let active: HermeticOptions | undefined;

/** What a program may use now; undefined while no program runs. */
export function current(): HermeticOptions | undefined {
  return active;
}

/** Switches the guard on, or off with undefined. */
export function setCurrent(options: HermeticOptions | undefined): void {
  active = options;
}

/** Who called: the file of the nearest caller that is neither part of the guard nor of Node; empty when there is none. */
function callerFile(): string {
  const files = getCallSites(16).map(({ scriptName }) => scriptName);
  const isCaller = (file: string) =>
    file !== "" && !file.startsWith("node:") && !file.includes(import.meta.dirname);
  return files.find(isCaller) ?? "";
}

/** Which callers are not refused. Node's own doings, which nobody called, never are. */
export type Exempt = (caller: string) => boolean;

export const dependencies: Exempt = (caller) => caller.includes("/node_modules/");
export const pulumi: Exempt = (caller) => caller.includes("/node_modules/@pulumi/");
export const nobody: Exempt = () => false;

function isExempt(exempt: Exempt): boolean {
  const caller = callerFile();
  return caller === "" || exempt(caller);
}

export function calledByDependency(): boolean {
  return isExempt(dependencies);
}

/** Replaces a function of a built-in module, so that it answers as `guard` says while the guard is on. */
export function guardFunction(
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
