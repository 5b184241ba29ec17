import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

test("the compiler refuses what the SDK would drop in silence, and what Node cannot run", () => {
  const run = spawnSync(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), "--project", "tools/lint/fixtures/types"],
    { cwd: root, encoding: "utf8" },
  );
  const found = [
    ...run.stdout.matchAll(/^tools\/lint\/fixtures\/types\/(.+)\(.+\): error (TS\d+)/gm),
  ];

  expect(found.map(([, file, code]) => `${file!} ${code!}`).sort()).toEqual([
    "explicit-undefined.ts TS2375",
    "misspelt-input.ts TS2561",
    "misspelt-nested-input.ts TS2353",
    "needs-emit.ts TS1294",
    "no-extension.ts TS2835",
    "type-imported-as-value.ts TS1484",
    "unchecked-index.ts TS2322",
  ]);
}, 120_000);
