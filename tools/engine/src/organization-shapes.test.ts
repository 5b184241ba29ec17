import { typesInUse } from "@atoll/aws-model";

import { runFixture } from "./testing/run-fixture.ts";
import {
  organizationText,
  temporaryOrganization,
  type TemporaryOrganization,
} from "./testing/temporary-organization.ts";

let bench: TemporaryOrganization;
beforeEach(() => {
  bench = temporaryOrganization();
});
afterEach(() => {
  bench.remove();
});

test("a cycle is named edge by edge; what is in it fails, what waits for it too, and the rest is previewed", () => {
  bench.writeOrganization(["management", "a", "b", "c", "after", "apart"]);
  bench.writeProgram("management", [], "{}");
  bench.writeProgram("a", ["b"], "{}");
  bench.writeProgram("b", ["c"], "{}");
  bench.writeProgram("c", ["a"], "{}");
  bench.writeProgram("after", ["a"], "{}");
  bench.writeProgram("apart", [], "{}");
  const { problems, stacks } = bench.run({ cache: false });
  expect(problems.map(({ code, message }) => [code, /a → b → c → a/u.test(message)])).toEqual([
    ["GRAPH_CYCLE", true],
  ]);
  expect(stacks.map(({ stack, status }) => [stack, status])).toEqual([
    ["management", "ok"],
    ["a", "failed"],
    ["b", "failed"],
    ["c", "failed"],
    ["after", "failed"],
    ["apart", "ok"],
  ]);
});

test("a kind without a program, and one whose file is for another kind, fail alone", () => {
  bench.writeOrganization(["management", "none", "other", "broken", "fine"]);
  bench.writeProgram("management", [], "{}");
  bench.write("other/index.ts", 'export default { kind: "else", needs: [], program: () => ({}) };');
  bench.write("broken/index.ts", "export default {\n  kind: ,\n};\n");
  bench.writeProgram("fine", [], "{}");
  const { stacks } = bench.run({ cache: false });
  expect(
    stacks.map(({ stack, status, problems }) => [stack, status, problems.map(({ code }) => code)]),
  ).toEqual([
    ["management", "ok", []],
    ["none", "failed", ["KIND_WITHOUT_PROGRAM"]],
    ["other", "failed", ["PROGRAM_INVALID"]],
    ["broken", "failed", ["FILE_DOES_NOT_PARSE"]],
    ["fine", "ok", []],
  ]);
  expect(stacks[3]?.problems[0]?.source).toEqual({
    file: `${bench.folder}/broken/index.ts`,
    line: 2,
  });
});

test("a program that never gives its thread back is ended, and the others are previewed", () => {
  bench.writeOrganization(["management", "loops", "loads-forever", "fine"]);
  bench.writeProgram("management", [], "{}");
  bench.writeProgram("loops", [], "(() => { for (;;); })()");
  bench.write(
    "loads-forever/index.ts",
    "await new Promise(() => undefined);\nexport default {};\n",
  );
  bench.writeProgram("fine", [], "{}");
  const { stacks } = bench.run({ cache: false, programTimeoutSeconds: 3 });
  expect(
    stacks.map(({ stack, status, problems }) => [stack, status, problems.map(({ code }) => code)]),
  ).toEqual([
    ["management", "ok", []],
    ["loops", "failed", ["PROGRAM_TIMEOUT"]],
    ["loads-forever", "failed", ["PROGRAM_EXITED"]],
    ["fine", "ok", []],
  ]);
});

test("an organization file that does not parse is a problem with its line", () => {
  bench.write("organization.ts", "const a = 1;\nexport default (;\n");
  const { problems, stacks } = bench.run({ cache: false });
  expect(stacks).toEqual([]);
  expect(problems.map(({ code, source }) => [code, source])).toEqual([
    ["FILE_DOES_NOT_PARSE", { file: `${bench.folder}/organization.ts`, line: 2 }],
  ]);
});

test("a thousand accounts", () => {
  const kinds = Array.from({ length: 1000 }, (_, index) => `account-${String(index)}`);
  const text = organizationText("thousand", ["management", ...kinds]).replaceAll(
    /"kind":"account-\d+"/gu,
    '"kind":"leaf"',
  );
  bench.write("organization.ts", text);
  bench.writeProgram("management", [], "{ greeting: 'hello' }");
  bench.writeProgram("leaf", ["management"], '{ said: context.output("management", "greeting") }');
  const { stacks } = bench.run({ cache: false });
  expect(stacks.length).toBe(1001);
  expect(stacks.filter(({ status }) => status !== "ok")).toEqual([]);
  expect(stacks.at(-1)?.outputs).toEqual({ said: "hello" });
});

test.each([
  ["the reference organization", "../../../stacks"],
  ["the bench organization", "../../bench/organization"],
])("the AWS model has rules for every type that %s creates", (_name, folder) => {
  const file = folder.includes("bench") ? "organization-6.ts" : "organization.ts";
  const { preview } = runFixture(folder, { file });
  const created = preview.stacks.flatMap(({ resources }) => resources.map(({ type }) => type));
  const known = new Set(typesInUse());
  const types = [...new Set(created)].filter((type) => type.startsWith("aws:"));
  expect(types.length).toBeGreaterThan(10);
  expect(types.filter((type) => !known.has(type))).toEqual([]);
});
