import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { mendAttributes } from "./mend-attributes.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atoll-attributes-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const access = () => ({
  stack: "app",
  project: "acme",
  backendUrl: pathToFileURL(folder).href,
  pulumi: { file: "", env: {}, cwd: folder },
});

test("attributes that were cut off are removed, whole ones and everything else stay", () => {
  const stacks = join(folder, ".pulumi", "stacks", "acme");
  const locks = join(folder, ".pulumi", "locks", "organization", "acme", "app");
  for (const each of [stacks, locks]) mkdirSync(each, { recursive: true });
  const files = {
    [join(stacks, "app.json")]: "{",
    [join(stacks, "app.json.attrs")]: "",
    [join(stacks, "network.json.attrs")]: '{"user.content_type":"text/plain"}',
    [join(locks, "1.json.attrs")]: '{"user.content_ty',
    [join(locks, "1.json")]: "",
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(file, text);
  expect(mendAttributes(access())).toEqual([
    join(locks, "1.json.attrs"),
    join(stacks, "app.json.attrs"),
  ]);
  expect(readdirSync(stacks).sort()).toEqual(["app.json", "network.json.attrs"]);
  expect(readdirSync(locks)).toEqual(["1.json"]);
  expect(mendAttributes(access())).toEqual([]);
});

test("a backend that is empty, or not a folder, has nothing to mend", () => {
  expect(mendAttributes(access())).toEqual([]);
  expect(mendAttributes({ ...access(), backendUrl: "s3://bucket/prefix" })).toEqual([]);
});
