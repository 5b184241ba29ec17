import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { placeholdersOf, type JsonValue } from "@atoll/core";

const folder = join(import.meta.dirname, "../../../../docs/state");
const page = readFileSync(join(folder, "../state.md"), "utf8");
const files = globSync("*.json", { cwd: folder }).sort();
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), "utf8")) as JsonValue;

test.each(files)("%s is one of the documents that the page on state fills in", (file) => {
  expect(page).toContain(file.replace(".json", ""));
  // Each placeholder is a variable of the page's commands, under the same name.
  for (const name of placeholdersOf(read(file)))
    expect(page).toMatch(new RegExp(`\\b${name}\\b`, "u"));
});

test("policies name no account, bucket or partition of their own", () => {
  const texts = files.map((file) => JSON.stringify(read(file)));
  for (const text of texts) expect(text).not.toMatch(/arn:aws|\d{12}/u);
});
