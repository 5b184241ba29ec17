import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A git repository in a temporary folder. */
export interface GitRepository {
  readonly folder: string;
  /** Writes files by their path in the repository. */
  readonly write: (files: Readonly<Record<string, string>>) => void;
  /** Commits everything and returns the commit. */
  readonly commit: (message: string) => string;
  readonly remove: () => void;
}

/** Makes an empty repository. */
export function gitRepository(): GitRepository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "atoll-repository-")));
  const git = (...args: string[]) =>
    execFileSync(
      "git",
      ["-C", folder, "-c", "user.name=test", "-c", "user.email=test@example.com", ...args],
      { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    ).trim();
  git("init", "--quiet");
  return {
    folder,
    write: (files) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
    },
    commit: (message) => {
      git("add", "--all");
      git("commit", "--quiet", "--message", message);
      return git("rev-parse", "HEAD");
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
