import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { refreshSettings } from "./stack-settings.ts";

let folder: string;
let committed: string;
let project: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atoll-settings-"));
  committed = join(folder, "config");
  project = join(folder, "project");
  mkdirSync(committed);
  mkdirSync(project);
  writeFileSync(join(project, "Pulumi.yaml"), "name: x\n");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const commit = (stack: string, text: string) => {
  writeFileSync(join(committed, `Pulumi.${stack}.yaml`), text);
};
const copyOf = (stack: string) => join(project, "config", `Pulumi.${stack}.yaml`);
const read = (stack: string) => readFileSync(copyOf(stack), "utf8");

test("settings are copied, and what Pulumi adds to the copy stays until they change in git", () => {
  commit("a", "config:\n  x: 1\n");
  expect(refreshSettings(committed, project)).toEqual(["a"]);
  writeFileSync(copyOf("a"), "config:\n  x: 1\n  own: 2\nencryptionsalt: v1:abc\n");
  expect(refreshSettings(committed, project)).toEqual([]);
  expect(read("a")).toContain("own: 2");
  commit("a", "config:\n  x: 3");
  expect(refreshSettings(committed, project)).toEqual(["a"]);
  expect(read("a")).toBe("config:\n  x: 3\nencryptionsalt: v1:abc\n");
});

test("a file that goes from git leaves no settings of its own, and the salt", () => {
  commit("a", "config:\n  x: 1\n");
  refreshSettings(committed, project);
  writeFileSync(copyOf("a"), `${read("a")}encryptionsalt: v1:abc\n`);
  rmSync(join(committed, "Pulumi.a.yaml"));
  expect(refreshSettings(committed, project)).toEqual(["a"]);
  expect(read("a")).not.toContain("x: 1");
  expect(read("a")).toContain("encryptionsalt: v1:abc");
  expect(refreshSettings(committed, project)).toEqual([]);
});

test("a stack without a file in git has default providers switched off all the same", () => {
  expect(refreshSettings(join(folder, "nowhere"), project, ["b"])).toEqual(["b"]);
  expect(read("b")).toContain("pulumi:disable-default-providers");
});

test("a salt of the user's own is not added to", () => {
  commit("a", "config: {}\n");
  refreshSettings(committed, project);
  writeFileSync(copyOf("a"), "config: {}\nencryptionsalt: v1:sandbox\n");
  commit("a", "config: {}\nencryptionsalt: v1:user\n");
  refreshSettings(committed, project);
  expect(read("a")).toBe("config: {}\nencryptionsalt: v1:user\n");
});

test("the folder in git is only read, and the project is newer than it afterwards", () => {
  commit("a", "config: {}\n");
  const past = new Date(Date.now() - 10_000);
  utimesSync(join(committed, "Pulumi.a.yaml"), past, past);
  utimesSync(join(project, "Pulumi.yaml"), past, past);
  refreshSettings(committed, project);
  expect(readdirSync(committed)).toEqual(["Pulumi.a.yaml"]);
  expect(statSync(join(committed, "Pulumi.a.yaml")).mtimeMs).toBe(past.getTime());
  expect(statSync(join(project, "Pulumi.yaml")).mtimeMs).toBeGreaterThan(past.getTime());
});
