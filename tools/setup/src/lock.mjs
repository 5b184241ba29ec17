import { randomUUID } from "node:crypto";
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The holder touches its lock this often, in milliseconds. */
const BEAT_MILLISECONDS = 2000;

/** A lock that was not touched for this long has lost its holder, in milliseconds. */
const STALE_MILLISECONDS = 30_000;

/** How often those who wait look again, in milliseconds. */
const RETRY_MILLISECONDS = 100;

/**
 * Runs a function while holding a lock file that all processes of this checkout agree on. A lock whose holder has died
 * is taken over.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} action
 * @param {(holder: string) => void} onWait Called each time the lock was found held, with who holds it.
 * @returns {Promise<T>} what the function returned.
 */
export async function withLock(file, action, onWait) {
  const token = JSON.stringify({ host: hostname(), pid: process.pid, id: randomUUID() });
  mkdirSync(dirname(file), { recursive: true });
  while (!acquire(file, token)) {
    const holder = read(file);
    if (holder !== undefined) {
      if (isStale(file, holder)) breakLock(file, holder);
      else onWait(describe(holder));
    }
    await sleep(RETRY_MILLISECONDS);
  }
  const beat = setInterval(() => touch(file), BEAT_MILLISECONDS);
  try {
    return await action();
  } finally {
    clearInterval(beat);
    if (read(file) === token) rmSync(file, { force: true });
  }
}

/**
 * Creates the lock whole or not at all: a reader never sees an empty one.
 * @type {(file: string, token: string) => boolean}
 */
function acquire(file, token) {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, token);
  try {
    linkSync(draft, file);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @type {(file: string) => string | undefined} */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** @type {(file: string) => void} */
function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // Somebody took it away; the action cannot be stopped half-way, so it goes on.
  }
}

/** @type {(holder: string) => { host: string, pid: number }} */
function parse(holder) {
  return /** @type {{ host: string, pid: number }} */ (JSON.parse(holder));
}

/** @type {(file: string, holder: string) => boolean} */
function isStale(file, holder) {
  try {
    const { host, pid } = parse(holder);
    if (host === hostname() && !isAlive(pid)) return true;
    return Date.now() - statSync(file).mtimeMs > STALE_MILLISECONDS;
  } catch {
    return read(file) === holder;
  }
}

/** @type {(pid: number) => boolean} */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is alive and somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Takes a dead holder's lock away. Two may try at once: who moved a lock that is not the dead one puts it back.
 * @type {(file: string, holder: string) => void}
 */
function breakLock(file, holder) {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  try {
    if (read(aside) !== holder) linkSync(aside, file);
  } catch {
    // A third has the lock already.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @type {(holder: string) => string} */
function describe(holder) {
  try {
    const { host, pid } = parse(holder);
    return host === hostname() ? `process ${String(pid)}` : `process ${String(pid)} on ${host}`;
  } catch {
    return "another process";
  }
}
