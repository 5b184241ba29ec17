import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { BenchError } from "./errors.ts";

/** Where the bench works: everything is measured in copies, so that the checkout stays as it is. */
export interface Scratch {
  readonly folder: string;
  /** A copy of the checkout, a git repository of its own with everything committed. */
  readonly checkout: string;
  /** Takes all of it away. */
  readonly remove: () => void;
}

/**
 * Copies every file of the checkout that git does not ignore into a temporary folder. Its workspace packages are linked
 * to each other there; packages from the registry are links into the original's `node_modules`.
 *
 * @throws BenchError `BENCH_NO_CHECKOUT` when the root is not in a git repository or has nothing installed.
 */
export function createScratch(root: string): Scratch {
  if (!existsSync(join(root, "node_modules"))) {
    throw new BenchError(
      "BENCH_NO_CHECKOUT",
      `${root} has no node_modules. Run \`npm start\` first.`,
    );
  }
  const files = listFiles(root);
  const folder = mkdtempSync(join(tmpdir(), "atoll-bench-"));
  const checkout = join(folder, "checkout");
  for (const file of files) {
    // Listed by git, but deleted in the working tree: gone in the copy too.
    if (existsSync(join(root, file))) {
      mkdirSync(dirname(join(checkout, file)), { recursive: true });
      cpSync(join(root, file), join(checkout, file), { verbatimSymlinks: true });
    }
  }
  linkModules(join(root, "node_modules"), join(checkout, "node_modules"));
  return {
    folder,
    checkout,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes the copy a git repository with everything committed, as a checkout is. */
export function commitScratch({ checkout }: Scratch): void {
  const identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.com"];
  git(checkout, ["init", "--quiet"]);
  git(checkout, ["add", "--all"]);
  git(checkout, [...identity, "commit", "--quiet", "--no-verify", "--message", "bench"]);
}

function listFiles(root: string): readonly string[] {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  try {
    const listing = git(root, args);
    return [...new Set(listing.split("\0"))].filter((file) => file !== "");
  } catch (cause) {
    const message = `${root} is not a git checkout, which the bench needs to copy it.`;
    throw new BenchError("BENCH_NO_CHECKOUT", message, { cause });
  }
}

function git(cwd: string, args: readonly string[]): string {
  return execFileSync("git", args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Links to workspace packages are relative, so the same link in the copy leads to the copy's own package. */
function linkModules(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const source = join(from, name);
    if (name === "@atoll" || name === ".bin") {
      copyLinks(source, join(to, name));
    } else if (name !== ".cache") {
      symlinkSync(source, join(to, name));
    }
  }
}

function copyLinks(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const source = join(from, name);
    if (lstatSync(source).isSymbolicLink()) {
      symlinkSync(readlinkSync(source), join(to, name));
    } else {
      cpSync(source, join(to, name));
    }
  }
}
