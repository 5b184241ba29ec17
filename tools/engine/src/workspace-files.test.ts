import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { digestFiles, listFiles } from "./workspace-files.ts";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "atoll-files-")));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const write = (path: string, text = path) => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "pipe" });
const names = () => listFiles(folder).map((path) => path.slice(folder.length + 1));

test("tracked and untracked files count, ignored ones do not", () => {
  git("init", "-q");
  write(".gitignore", "ignored/\n");
  write("tracked.ts");
  write("untracked.ts");
  write("ignored/secret.txt");
  git("add", "tracked.ts");
  expect(names()).toEqual([".gitignore", "tracked.ts", "untracked.ts"]);
});

test("without git, everything but dependencies counts", () => {
  write("a/b.ts");
  write("node_modules/x/index.js");
  write(".atoll/x");
  expect(names()).toEqual(["a/b.ts"]);
});

test("a copy inside an ignored folder of another checkout lists its own files", () => {
  git("init", "-q");
  write(".gitignore", "copy/\n");
  write("copy/a.ts");
  expect(listFiles(join(folder, "copy"))).toEqual([join(folder, "copy", "a.ts")]);
});

test("the digest follows content, names and deletion, not order of writing", () => {
  write("a.ts", "1");
  write("b.ts", "2");
  const files = listFiles(folder);
  const before = digestFiles(folder, files);
  write("a.ts", "1");
  expect(digestFiles(folder, files)).toBe(before);
  write("a.ts", "12");
  const changed = digestFiles(folder, files);
  rmSync(join(folder, "a.ts"));
  const gone = digestFiles(folder, files);
  expect(new Set([before, changed, gone]).size).toBe(3);
});

test("moving bytes from one file to the next changes the digest", () => {
  write("a.ts", "12");
  write("b.ts", "3");
  const before = digestFiles(folder, listFiles(folder));
  write("a.ts", "1");
  write("b.ts", "23");
  expect(digestFiles(folder, listFiles(folder))).not.toBe(before);
});
