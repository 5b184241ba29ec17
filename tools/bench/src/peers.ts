import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { BenchError } from "./errors.ts";
import { withLock } from "./lock.ts";

/** The peers, by the name of their folder under `peers/`. */
export type PeerName = "cdk" | "pulumi-run";

/** Where peers are installed: the user's cache folder, outside every workspace. */
export function peersFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const cache = environment["XDG_CACHE_HOME"];
  const base = cache === undefined || cache === "" ? join(homedir(), ".cache") : cache;
  return join(base, "atoll", "bench-peers");
}

/**
 * Installs a peer's dependencies, once for each set of versions, and puts its program into `target` beside a link to
 * them.
 *
 * @throws BenchError `BENCH_PEER_NOT_INSTALLED` when npm cannot install it; the comparison then counts as missed.
 */
export async function preparePeer(
  name: PeerName,
  target: string,
  environment: Readonly<Record<string, string | undefined>>,
  progress: (line: string) => void,
): Promise<void> {
  const source = join(import.meta.dirname, "..", "peers", name);
  const manifest = readFileSync(join(source, "package.json"), "utf8");
  const folder = peersFolder(environment);
  const hash = createHash("sha256").update(manifest).digest("hex").slice(0, 12);
  const installed = join(folder, `${name}-${hash}`);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(installed)) {
    await withLock(`${installed}.lock`, progress, () => {
      // Whoever held the lock before may have done it.
      if (!existsSync(installed)) {
        progress(`installing peer ${name} into ${installed}`);
        install(source, installed);
      }
    });
  }
  cpSync(source, target, { recursive: true });
  symlinkSync(join(installed, "node_modules"), join(target, "node_modules"));
}

/** Installs beside the place and renames, so that a folder of the final name is always whole. */
function install(source: string, installed: string): void {
  const partial = `${installed}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  cpSync(join(source, "package.json"), join(partial, "package.json"));
  const args = ["install", "--prefix", partial, "--ignore-scripts", "--no-audit", "--no-fund"];
  const result = spawnSync("npm", args, { cwd: partial, encoding: "utf8" });
  if (result.status !== 0) {
    const tail = `${result.stdout}\n${result.stderr}`.trim().split("\n").slice(-8).join("\n");
    const message = `The peer in ${source} could not be installed, so nothing is measured against it.\n${tail}`;
    throw new BenchError("BENCH_PEER_NOT_INSTALLED", message, { cause: result.error });
  }
  renameSync(partial, installed);
}
