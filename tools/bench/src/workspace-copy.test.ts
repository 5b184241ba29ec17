import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { commitScratch, createScratch } from "./workspace-copy.ts";
import type { Scratch } from "./workspace-copy.ts";

const root = mkdtempSync(join(tmpdir(), "atoll-bench-root-"));
let scratch: Scratch;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeAll(() => {
  write(".gitignore", "node_modules/\n");
  write("packages/core/index.js", "core");
  write("packages/gone/index.js", "gone");
  write("node_modules/external/index.js", "external");
  mkdirSync(join(root, "node_modules", "@atoll"));
  mkdirSync(join(root, "node_modules", ".bin"));
  symlinkSync("../../packages/core", join(root, "node_modules", "@atoll", "core"));
  symlinkSync("../@atoll/core/index.js", join(root, "node_modules", ".bin", "atoll"));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  execFileSync("git", ["add", "--all"], { cwd: root });
  rmSync(join(root, "packages", "gone"), { recursive: true });
  scratch = createScratch(root);
  commitScratch(scratch);
});
afterAll(() => {
  scratch.remove();
  rmSync(root, { recursive: true, force: true });
});

const read = (...path: readonly string[]) => readFileSync(join(scratch.checkout, ...path), "utf8");

describe("createScratch", () => {
  it("links workspace packages and commands to the copy's own", () => {
    writeFileSync(join(scratch.checkout, "packages/core/index.js"), "edited");
    expect(read("node_modules", "@atoll", "core", "index.js")).toBe("edited");
    expect(read("node_modules", ".bin", "atoll")).toBe("edited");
    expect(readFileSync(join(root, "packages/core/index.js"), "utf8")).toBe("core");
  });

  it("shares packages from the registry with the original", () => {
    expect(read("node_modules", "external", "index.js")).toBe("external");
  });

  it("leaves out what the working tree has deleted", () => {
    expect(existsSync(join(scratch.checkout, "packages", "gone"))).toBe(false);
  });

  it("is a git repository in which nothing but an edit shows", () => {
    writeFileSync(join(scratch.checkout, "packages/core/index.js"), "edited again");
    const status = execFileSync("git", ["status", "--porcelain"], {
      cwd: scratch.checkout,
      encoding: "utf8",
    });
    expect(status).toBe(" M packages/core/index.js\n");
  });

  it("refuses a folder that git does not know", () => {
    const plain = mkdtempSync(join(tmpdir(), "atoll-bench-plain-"));
    mkdirSync(join(plain, "node_modules"));
    try {
      expect(() => createScratch(plain)).toThrow(
        expect.objectContaining({ code: "BENCH_NO_CHECKOUT" }),
      );
    } finally {
      rmSync(plain, { recursive: true });
    }
  });
});
