import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/** What ships or runs: not tests, what only they use, the benchmark's peers, or tables of AWS's own codes. */
const SOURCES = ["packages", "stacks", "tools"].map((folder) => `${folder}/**/*.{ts,mjs}`);
const LEFT_OUT =
  /(^|\/)(node_modules|fixtures|testing|data|peers|\.results)\/|\.(test|types)\.ts$|^tools\/lint\/|^tools\/aws-model\/src\/(cloud\/rows|plan\/rules)\//;

const CODE = "[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*";
const LONG_CODE = "[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+";

/**
 * The two ways in which the sources say a code: as `code:`, behind a condition perhaps, and as the first argument of a
 * call that makes a problem or an error (`errorAt("CODE", …)`, `new UsageError("CODE", …)`, `super("CODE", …)`). One
 * word alone counts where it can be nothing else.
 */
const WAYS = [
  new RegExp(`\\bcode:\\s*(?:[^,;{}"]+\\?\\s*"${CODE}"\\s*:\\s*)?"(?<code>${CODE})"`, "g"),
  new RegExp(`\\bcode:\\s*[^,;{}"]+\\?\\s*"(?<code>${CODE})"`, "g"),
  new RegExp(`\\b(?:\\w*Error|super)\\(\\s*"(?<code>${CODE})"`, "g"),
  new RegExp(`(?<call>[\\w.]+)\\(\\s*"(?<code>${LONG_CODE})"`, "g"),
  // What kind of refusal of AWS's has which code: one table.
  /^ {2}"?[a-z-]+"?: "(?<code>AWS_[A-Z_]+)",$/gm,
];

/** Calls whose first argument looks like a code and is the name of an environment variable. */
const OTHER_CALLS = /\.env$/;

function codesInSources(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const path of globSync(SOURCES, { cwd: root })) {
    if (LEFT_OUT.test(path)) continue;
    for (const code of codesIn(readFileSync(join(root, path), "utf8"))) found.set(code, path);
  }
  return found;
}

function codesIn(text: string): readonly string[] {
  const bare = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
  const codes = WAYS.flatMap((way) => [...bare.matchAll(way)])
    .filter(({ groups }) => !OTHER_CALLS.test(groups?.["call"] ?? ""))
    .map(({ groups }) => groups?.["code"] ?? "");
  return [...new Set(codes)];
}

/** The rows of the tables in docs/problems.md: code, severity, meaning, usual fix. */
function documented(): readonly (readonly string[])[] {
  const page = readFileSync(join(root, "docs/problems.md"), "utf8");
  return [...page.matchAll(/^\| `.*$/gm)].map(([row]) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const rows = documented();
const names = rows.map(([name]) => name?.replaceAll("`", "") ?? "");
const used = codesInSources();

test.each([
  ['{ code: "A_B", severity }', ["A_B"]],
  ['{ code: bad ? "A_B" : "A_C" }', ["A_B", "A_C"]],
  ['new BenchError(\n  "A_B",\n  message)', ["A_B"]],
  ['errorAt("A_B", path)', ["A_B"]],
  ['super("ALONE", text)', ["ALONE"]],
  ['// new AtollError("A_B")', []],
  ['/** @throws AtollError("A_B") */', []],
  ['process.on("ALONE", stop)', []],
  ['option.env("A_B")', []],
  ['process.env["A_B"]', []],
  ['{ type: "A_B" }', []],
])("%s has the codes %j", (text, codes) => {
  expect([...codesIn(text)].sort()).toEqual(codes);
});

test("every code that the sources use is documented", () => {
  const missing = [...used].filter(([code]) => !names.includes(code));
  expect(missing).toEqual([]);
});

test("every documented code is still used, and documented once", () => {
  expect(names.filter((name) => !used.has(name))).toEqual([]);
  expect(names).toEqual([...new Set(names)]);
});

test("every row says severity, meaning and fix", () => {
  const severities = ["error", "warning", "error or warning", "stops"];
  const incomplete = rows.filter(
    ([, severity = "", meaning, fix, ...rest]) =>
      !severities.includes(severity) || !meaning || !fix || rest.length > 0,
  );
  expect(incomplete).toEqual([]);
});
