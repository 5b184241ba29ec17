import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, sep } from "node:path";

import { runForeground } from "./processes.mjs";

/** The oldest Node that runs Atoll's sources as they are. */
const REQUIRED_MAJOR = 24;

/**
 * The Node that the lockfile brings.
 * @type {(root: string) => string}
 */
export const nodeIn = (root) => join(root, "node_modules/node/bin/node");

/**
 * Makes sure that the lockfile's Node runs. npm leaves its binary out where install scripts are refused; its package
 * can fetch it all the same.
 *
 * @param {string} root
 * @param {(text: string) => void} onOutput
 * @throws when there is no Node 24 to hand over to.
 */
export async function ensureNode(root, onOutput) {
  if (majorOf(nodeIn(root)) >= REQUIRED_MAJOR) return;
  const script = join(root, "node_modules/node/installArchSpecificPackage.js");
  if (existsSync(script)) {
    const folder = join(root, "node_modules/node");
    await runForeground(outerNode(root), [script], {
      cwd: folder,
      env: outerEnvironment(root),
      onOutput,
    });
  }
  if (majorOf(nodeIn(root)) >= REQUIRED_MAJOR) return;
  throw new Error(
    `There is no Node ${String(REQUIRED_MAJOR)} in node_modules/node, and it could not be fetched.\n` +
      `  expected: the binary of npm package "node" for ${process.platform}-${process.arch}\n` +
      "  fix: allow its install script (npm rebuild node), then run this again",
  );
}

/** @type {(binary: string) => number} */
function majorOf(binary) {
  if (!existsSync(binary)) return 0;
  const { stdout } = spawnSync(binary, ["--version"], { encoding: "utf8" });
  return Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 0);
}

/**
 * A Node outside node_modules: the one inside goes away while npm installs.
 * @type {(root: string) => string}
 */
export function outerNode(root) {
  const inside = join(root, "node_modules") + sep;
  const named = [process.env["npm_node_execpath"], process.execPath];
  const onPath = outerPath(root).map((folder) => join(folder, "node"));
  const found = [...named, ...onPath].find(
    (file) => file !== undefined && !file.startsWith(inside) && existsSync(file),
  );
  return found ?? process.execPath;
}

/**
 * The environment for npm, without this checkout's own commands.
 * @type {(root: string) => NodeJS.ProcessEnv}
 */
export const outerEnvironment = (root) => ({
  ...process.env,
  PATH: outerPath(root).join(delimiter),
});

/** @type {(root: string) => string[]} */
const outerPath = (root) =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, "node_modules") + sep));
