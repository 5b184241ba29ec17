import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { typesWithOtherTags } from "./identity-tags.ts";

test("the table has every type of the installed package whose tags are no map of text", () => {
  const root = path.dirname(require.resolve("@pulumi/aws/package.json"));
  const folders = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !["node_modules", "types"].includes(entry.name),
  );
  let maps = 0;
  const others: string[] = [];
  for (const { name: folder } of folders) {
    for (const file of readdirSync(path.join(root, folder))) {
      // Files of data sources start with `get`; their tags are filters.
      if (!file.endsWith(".d.ts") || /^get[A-Z]/.test(file)) continue;
      const text = readFileSync(path.join(root, folder, file), "utf8");
      const args = /export interface (\w+)Args \{([\s\S]*?)\n\}/.exec(text);
      const tags = /\n {4}tags\??: ([^;]*);/.exec(args?.[2] ?? "")?.[1]?.replace(/\s+/g, " ");
      if (tags === undefined) continue;
      if (tags.includes("[key: string]: pulumi.Input<string>")) maps += 1;
      else others.push(`aws:${folder}/${file.replace(".d.ts", "")}:${args?.[1] ?? ""}`);
    }
  }

  expect(others.sort()).toEqual(typesWithOtherTags);
  // 1,738 types, of which 876 take no tags.
  expect(maps).toBeGreaterThan(850);
});
