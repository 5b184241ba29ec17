// What `npm start`, `npm test`, `npm run bench` and `npm run proof` call. Runs on Node 20 or newer with nothing installed: it installs
// what is missing and hands over to the Node 24 that the lockfile brings.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { InterruptedError, ensureInstalled } from "./src/install.mjs";
import { nodeIn } from "./src/node-binary.mjs";
import { runForeground } from "./src/processes.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** What each command starts once everything is installed: a program and its first arguments. */
const COMMANDS = {
  start: ["/bin/sh", join(root, "tools/cli/bin/atoll"), "preview"],
  test: [nodeIn(root), join(root, "tools/setup/src/test-run/main.ts")],
  bench: [nodeIn(root), join(root, "tools/bench/src/main.ts")],
  proof: [nodeIn(root), join(root, "tools/e2e/src/proof.ts")],
};

/** @type {(name: string) => name is keyof typeof COMMANDS} */
const isCommand = (name) => Object.hasOwn(COMMANDS, name);

const [name = "", ...rest] = process.argv.slice(2);
process.exitCode = await main(name, rest);

/** @type {(name: string, rest: string[]) => Promise<number>} */
async function main(name, rest) {
  if (!isCommand(name)) {
    process.stderr.write(`usage: node tools/setup/run.mjs ${Object.keys(COMMANDS).join("|")}\n`);
    return 2;
  }
  try {
    await ensureInstalled(root);
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    if (name === "test") process.stdout.write("\n0 passed, 1 failed\n");
    return error instanceof InterruptedError ? error.exitCode : 3;
  }
  const [program = "", ...first] = COMMANDS[name];
  const bin = join(root, "node_modules/.bin");
  const outcome = await runForeground(program, [...first, ...rest], {
    cwd: root,
    env: { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}` },
  });
  // A test run that was killed cannot say so itself.
  if (name === "test" && outcome.interrupted && outcome.code > 128)
    process.stdout.write("\n0 passed, 1 failed\n");
  return outcome.code;
}
