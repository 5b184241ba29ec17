import { isLimitName } from "@atoll/aws-facts";
import { locateTables, openTables } from "../tables/store.ts";
import { serviceOf } from "../tables/format.ts";
import type { ResourceTable, ServiceTable, Shape } from "../tables/format.ts";
import { typesInUse } from "../types-in-use.ts";
import { cloudExplanations, cloudRules } from "./cloud-rules.ts";
import type { CloudRule } from "./row.ts";
import { CLOUD_ROWS } from "./rows.ts";
import { model } from "./testing/world.ts";

const tables = openTables(locateTables());

function tableOf(type: string): { service: ServiceTable; table: ResourceTable } {
  const service = tables.service(serviceOf(type) ?? "");
  const table = service?.resources[type];
  if (service === undefined || table === undefined) throw new TypeError(`no type ${type}`);
  return { service, table };
}

/** Whether an input path such as `routes[].gatewayId` exists. */
function hasInput(type: string, path: string): boolean {
  const { service, table } = tableOf(type);
  let properties: Readonly<Record<string, Shape>> = table.inputs;
  for (const step of path.split(".")) {
    const shape = properties[step.replace("[]", "")];
    if (shape === undefined) return false;
    const inner = Array.isArray(shape) && shape[0] === "list" ? (shape[1] as Shape) : shape;
    if (step.endsWith("[]") !== (inner !== shape)) return false;
    properties =
      Array.isArray(inner) && inner[0] === "ref"
        ? (service.shapes[String(inner[1])]?.properties ?? {})
        : {};
  }
  return true;
}

test("every type in use has a row that says what it refers to, or that it refers to nothing", () => {
  const missing = typesInUse().filter((type) => CLOUD_ROWS[type] === undefined);
  expect(missing).toEqual([]);
  for (const type of typesInUse()) {
    const references = CLOUD_ROWS[type]?.references ?? [];
    expect([type, references === "none" || references.length > 0]).toEqual([type, true]);
  }
});

test("a reference is an input of its type, or an output that it is known by, and leads to types that exist", () => {
  for (const [type, { references }] of Object.entries(CLOUD_ROWS)) {
    for (const { path, to, by = ["id"] } of references === "none" ? [] : references) {
      const isKnown = hasInput(type, path) || path in tableOf(type).table.outputs;
      expect([type, path, isKnown]).toEqual([type, path, true]);
      for (const target of to) {
        const { outputs } = tableOf(target).table;
        const unknown = by.filter((name) => name !== "id" && !(name in outputs));
        expect([target, unknown]).toEqual([target, []]);
      }
    }
  }
});

test("names and quotas are counted over outputs that the type has", () => {
  for (const [type, row] of Object.entries(CLOUD_ROWS)) {
    const { outputs } = tableOf(type).table;
    for (const { rule, of } of row.unique ?? []) {
      expect([rule, of.filter((name) => !(name in outputs))]).toEqual([rule, []]);
    }
    for (const { rule, limit } of row.limits ?? []) {
      expect([rule, isLimitName(limit)]).toEqual([rule, true]);
    }
  }
});

test("one name stands for one rule", () => {
  const named = new Map<string, string>();
  for (const row of Object.values(CLOUD_ROWS)) {
    const { unique = [], checks = [], limits = [], removals = [] } = row;
    const rules: readonly CloudRule[] = [...unique, ...checks, ...limits, ...removals];
    for (const { rule, code, text } of rules) {
      const meaning = `${code}: ${text}`;
      expect([rule, named.get(rule) ?? meaning]).toEqual([rule, meaning]);
      named.set(rule, meaning);
    }
  }
});

test("every rule has a name of its own, a sentence, and a source with its day", () => {
  const rules = cloudRules();
  expect(rules.length).toBeGreaterThan(100);
  for (const { rule, text, provenance } of rules) {
    expect([rule, text.length > 20, /^\d{4}-\d{2}-\d{2}$/.test(provenance.date)]).toEqual([
      rule,
      true,
      true,
    ]);
    expect([rule, provenance.source.length > 5]).toEqual([rule, true]);
    expect([rule, ["doc", "api", "provider", "observed"].includes(provenance.kind)]).toEqual([
      rule,
      true,
    ]);
  }
});

test("a source that is the provider's names its commit", () => {
  const bare = cloudRules()
    .filter(({ provenance }) => provenance.kind === "provider")
    .filter(({ provenance }) => !/@[0-9a-f]{7}$|^@pulumi\/aws 7\.48\.0,/.test(provenance.source));
  expect(bare.map(({ rule }) => rule)).toEqual([]);
});

test("a rule, AWS's code and a preview's code can each be explained, each once", () => {
  const codes = cloudExplanations().map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).toEqual(
    expect.arrayContaining(["AWS_QUOTA", "ec2/subnets-apart", "InvalidSubnet.Conflict"]),
  );
});

test.each(["ec2/subnets-apart", "DependencyViolation", "AWS_CONFLICT", "ec2/subnet.vpcId"])(
  "explain knows %s, with its source",
  (code) => {
    const { kind, facts } = model.explain(code);
    expect(kind).toBe("code");
    expect(facts[0]?.provenance.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  },
);
