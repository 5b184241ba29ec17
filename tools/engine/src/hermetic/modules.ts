import module from "node:module";
import { fileURLToPath } from "node:url";

import {
  ADVICE,
  current,
  guardFunction,
  HermeticError,
  nobody,
  pulumi,
  type Exempt,
} from "./guard.ts";

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
export function installModules(): void {
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
  const options = current();
  if (options?.files == null || !url.startsWith("file:")) return;
  const path = fileURLToPath(url);
  if (path.includes("/node_modules/") || options.files.has(path) || options.importable.has(path))
    return;
  throw new HermeticError(`the file ${path} (import)`, ADVICE.file);
}
