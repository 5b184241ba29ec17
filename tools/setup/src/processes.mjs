import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { constants } from "node:os";

/** How long a child may take to end after a signal before it is killed, in milliseconds. */
const GRACE_MILLISECONDS = 5000;

/** @type {readonly NodeJS.Signals[]} */
const FORWARDED = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * @typedef {object} Outcome How a child ended.
 * @property {number} code Its exit code; where a signal ended it, 128 and the number of the signal that this process was
 *   sent, or else of the one that ended it.
 * @property {boolean} interrupted True when a signal ended it, or told this process to end it.
 */

/**
 * Runs a command with this process's input and output and waits for it. Signals to this process reach the whole tree
 * below it, and what has not ended after five seconds is killed: nothing is left behind.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, onOutput?: (text: string) => void }} options With `onOutput` the
 *   command gets no input, and its output goes there instead of to this process's own.
 * @returns {Promise<Outcome>}
 * @throws when the command cannot be started.
 */
export function runForeground(command, args, { cwd, env, onOutput }) {
  const child = spawn(command, [...args], {
    cwd,
    env,
    stdio: onOutput ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  if (onOutput) {
    child.stdout?.setEncoding("utf8").on("data", onOutput);
    child.stderr?.setEncoding("utf8").on("data", onOutput);
  }
  const stop = endTreeOnSignal(() => child.pid);
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      stop();
      reject(error);
    });
    child.once("close", (code, signal) => {
      const asked = stop();
      const ended = signal === null ? undefined : (asked ?? signal);
      resolve({
        code: ended === undefined ? (code ?? 1) : 128 + constants.signals[ended],
        interrupted: (asked ?? ended) !== undefined,
      });
    });
  });
}

/**
 * Forwards signals to the tree below a child, until the function that it returns is called. That one says which
 * signal came first, if one did.
 * @type {(pidOf: () => number | undefined) => () => NodeJS.Signals | undefined}
 */
function endTreeOnSignal(pidOf) {
  /** @type {Set<number>} */
  const seen = new Set();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {NodeJS.Signals | undefined} */
  let first;
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    first ??= signal;
    const pid = pidOf();
    if (pid === undefined) return;
    for (const member of [pid, ...descendants(pid)]) seen.add(member);
    // Ctrl-C on a terminal has reached the whole foreground group already; twice would cut short its clean-up.
    if (signal !== "SIGINT" || !process.stdin.isTTY) seen.forEach((member) => end(member, signal));
    timer ??= setTimeout(() => {
      for (const member of descendants(pid)) seen.add(member);
      seen.forEach((member) => end(member, "SIGKILL"));
    }, GRACE_MILLISECONDS);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  return () => {
    for (const signal of FORWARDED) process.off(signal, forward);
    clearTimeout(timer);
    // The child has ended: what it started and did not end itself ends now.
    seen.forEach((member) => end(member, "SIGKILL"));
    return first;
  };
}

/** @type {(pid: number, signal: NodeJS.Signals) => void} */
function end(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

/**
 * The processes below a process, at this moment.
 * @param {number} pid
 * @returns {readonly number[]}
 */
function descendants(pid) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const [child, parent] of processTable()) {
    children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  /** @type {number[]} */
  const found = [];
  for (const queue = [pid]; queue.length > 0;) {
    const below = children.get(queue.pop() ?? 0) ?? [];
    found.push(...below);
    queue.push(...below);
  }
  return found;
}

/**
 * Every process with its parent: from /proc, or from `ps` where there is none.
 * @returns {readonly (readonly [pid: number, parent: number])[]}
 */
function processTable() {
  if (!existsSync("/proc/self/stat")) {
    const listing = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
    return listing
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number))
      .map(([pid = 0, parent = 0]) => [pid, parent]);
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The command stands in brackets and may hold anything; the parent is the second field after it.
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const parent = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
        return [/** @type {const} */ ([Number(name), Number(parent)])];
      } catch {
        return [];
      }
    });
}
