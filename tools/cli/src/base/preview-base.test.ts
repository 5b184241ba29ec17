import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { gitRepository, type GitRepository } from "../testing/git-repository.ts";
import { resolveCommit } from "./git.ts";
import { previewBase, type BaseRequest } from "./preview-base.ts";

/** A command that prints a preview with one word from a package of its workspace and one from outside of it. */
const MAIN = `
import { word } from "@x/own";
import { other } from "outside";
const problems = process.argv.slice(2).map(String);
console.log(JSON.stringify({ version: 1, organization: word + other, stacks: [], problems }));
`;
const FILES = {
  "package.json": JSON.stringify({ workspaces: ["packages/*"] }),
  "package-lock.json": JSON.stringify({
    packages: { "node_modules/outside": { version: "1.0.0" } },
  }),
  "stacks/organization.ts": "",
  "tools/cli/src/main.ts": MAIN,
  "packages/own/package.json": JSON.stringify({
    name: "@x/own",
    type: "module",
    exports: "./index.ts",
  }),
  "packages/own/index.ts": "export const word: string = 'before';",
  ".gitignore": "node_modules\n",
};

jest.setTimeout(60_000);

let repository: GitRepository;
let temporary: string;

beforeEach(() => {
  repository = gitRepository();
  repository.write(FILES);
  // As npm leaves it: packages of the workspace are links to their folders.
  repository.write({
    "node_modules/outside/package.json": JSON.stringify({ type: "module", exports: "./index.js" }),
    "node_modules/outside/index.js": "export const other = '!';",
  });
  mkdirSync(join(repository.folder, "node_modules/@x"));
  symlinkSync("../../packages/own", join(repository.folder, "node_modules/@x/own"));
  temporary = mkdtempSync(join(tmpdir(), "atoll-base-test-"));
});

afterEach(() => {
  repository.remove();
  rmSync(temporary, { recursive: true });
});

function request(commit: string, more: Partial<BaseRequest> = {}): BaseRequest {
  return {
    root: repository.folder,
    ref: "base",
    commit,
    organizationFile: join(repository.folder, "stacks/organization.ts"),
    temporaryFolder: temporary,
    signal: new AbortController().signal,
    onCleanup: () => undefined,
    ...more,
  };
}

const leftovers = () => readdirSync(temporary);

test("the base resolves its workspace's packages in its own checkout, which is removed", async () => {
  const commit = repository.commit("base");
  repository.write({ "packages/own/index.ts": "export const word: string = 'after';" });
  const { preview, notes } = await previewBase(request(commit));
  expect(preview.organization).toBe("before!");
  const args = preview.problems as unknown as readonly string[];
  expect(args.slice(0, 4)).toEqual(["preview", "--json", "--no-cache", "--organization"]);
  expect(args[4]).toMatch(/atoll-base-.*\/stacks\/organization\.ts$/);
  expect(notes).toEqual([]);
  expect(leftovers()).toEqual([]);
});

test("a package that only the working tree has is not lent to the base", async () => {
  repository.write({ "tools/cli/src/main.ts": 'import "@x/own";' });
  rmSync(join(repository.folder, "packages"), { recursive: true });
  const commit = repository.commit("base");
  repository.write(FILES);
  await expect(previewBase(request(commit))).rejects.toMatchObject({
    code: "BASE_PREVIEW_FAILED",
    message: expect.stringContaining("@x/own") as string,
  });
  expect(leftovers()).toEqual([]);
});

test("other dependencies than the working tree's are said", async () => {
  const commit = repository.commit("base");
  repository.write({ "package-lock.json": "{}" });
  const { notes } = await previewBase(request(commit));
  expect(notes.map(({ code }) => code)).toEqual(["BASE_DEPENDENCIES_DIFFER"]);
});

test("a base without the command", async () => {
  rmSync(join(repository.folder, "tools"), { recursive: true });
  const commit = repository.commit("base");
  await expect(previewBase(request(commit))).rejects.toMatchObject({ code: "BASE_WITHOUT_CLI" });
  expect(leftovers()).toEqual([]);
});

test("an organization file that the base does not have, or that no revision can have", async () => {
  const commit = repository.commit("base");
  const other = join(repository.folder, "stacks/other.ts");
  await expect(previewBase(request(commit, { organizationFile: other }))).rejects.toMatchObject({
    code: "BASE_ORGANIZATION_MISSING",
  });
  const outside = join(temporary, "organization.ts");
  await expect(previewBase(request(commit, { organizationFile: outside }))).rejects.toMatchObject({
    code: "BASE_ORGANIZATION_OUTSIDE",
  });
  expect(leftovers()).toEqual([]);
});

test("a base whose command fails says what it said", async () => {
  repository.write({ "tools/cli/src/main.ts": 'console.error("it broke"); process.exit(3);' });
  const commit = repository.commit("base");
  await expect(previewBase(request(commit))).rejects.toMatchObject({
    code: "BASE_PREVIEW_FAILED",
    message: expect.stringContaining("it broke") as string,
  });
});

test("stopping it stops the base's command and removes the checkout", async () => {
  repository.write({ "tools/cli/src/main.ts": "setTimeout(() => undefined, 600_000);" });
  const commit = repository.commit("base");
  const controller = new AbortController();
  const running = previewBase(request(commit, { signal: controller.signal }));
  setTimeout(() => {
    controller.abort();
  }, 300);
  await expect(running).rejects.toMatchObject({ name: "AbortError" });
  expect(leftovers()).toEqual([]);
});

test("revisions: a branch, a commit, one that git does not know, and no repository at all", async () => {
  const commit = repository.commit("base");
  await expect(resolveCommit(repository.folder, "HEAD")).resolves.toBe(commit);
  await expect(resolveCommit(repository.folder, commit.slice(0, 8))).resolves.toBe(commit);
  for (const ref of ["nope", "--all", ""]) {
    await expect(resolveCommit(repository.folder, ref)).rejects.toMatchObject({
      code: "BASE_UNKNOWN_REVISION",
    });
  }
  await expect(resolveCommit(temporary, "HEAD")).rejects.toMatchObject({ code: "BASE_NOT_GIT" });
});
