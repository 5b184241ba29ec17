import module from "node:module";

import { installClock } from "./clock.ts";
import { installEnvironment, installProcess } from "./environment.ts";
import { installFiles } from "./files.ts";
import { ADVICE, guardFunction, nobody, setCurrent, type HermeticOptions } from "./guard.ts";
import { installModules } from "./modules.ts";
import { installRandomness } from "./randomness.ts";

let installed = false;

/**
 * Runs the callback with environment, clock, randomness, network, child processes and files outside the workspace
 * refused. Dependencies (code under `node_modules`) may look at the clock and the environment, as libraries do out of
 * habit, but find a fixed time and nothing set.
 */
export async function hermetically<T>(options: HermeticOptions, run: () => Promise<T>): Promise<T> {
  install();
  setCurrent(options);
  try {
    return await run();
  } finally {
    setCurrent(undefined);
  }
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
