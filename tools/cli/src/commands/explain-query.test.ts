import { cloudRules, loadModel, MODEL_CODES, REFUSAL_CODES } from "@atoll/aws-model";

import { explainQuery } from "./explain-query.ts";

const model = loadModel();
const ROW = {
  code: "UNKNOWN_PROPERTY",
  severity: "error",
  meaning: "There is no such property.",
  fix: "Mind the spelling.",
  section: "Resources",
};
const OWN = { ...ROW, code: "MADE_UP", meaning: "Nothing is wrong." };
const explain = (query: string) => explainQuery(query, model, [ROW, OWN]);

test("a code of Atoll's is what the page says, with what the model knows of it", () => {
  const known = explain("UNKNOWN_PROPERTY");
  expect(known).toMatchObject({ kind: "code", problem: ROW });
  expect(known.facts.map(({ what }) => what)).toEqual([
    MODEL_CODES.find(({ code }) => code === "UNKNOWN_PROPERTY")?.text,
  ]);
  // Nothing is said twice.
  expect(explain("MADE_UP")).toMatchObject({ kind: "code", problem: OWN, facts: [] });
});

test("a code of AWS's is every rule that answers with it, each with its own source", () => {
  const { kind, facts, problem } = explain("InvalidSubnet.Conflict");
  expect({ kind, problem }).toEqual({ kind: "code", problem: null });
  expect(facts.map(({ what }) => what)).toEqual([expect.stringMatching(/^ec2\/subnets-apart: /u)]);
  const deletion = explain("DependencyViolation").facts.map(({ what }) => what);
  expect(deletion).toContainEqual(expect.stringMatching(/^ec2\/subnet\.vpcId: /u));
  expect(deletion.length).toBeGreaterThan(5);
});

test("every rule and every code of a refusal is explained, with source and date", () => {
  const codes = cloudRules().flatMap(({ rule, code }) => (code === "" ? [rule] : [rule, code]));
  for (const code of new Set([...codes, ...Object.values(REFUSAL_CODES)])) {
    const { kind, facts } = explain(code);
    expect([code, kind, facts.length > 0]).toEqual([code, "code", true]);
    for (const { provenance } of facts) expect(provenance.date).toMatch(/^\d{4}-\d\d-\d\d$/u);
  }
});

test("an input has what AWS checks of it behind what the provider says, and not what is checked of others", () => {
  const rules = (query: string) =>
    explain(query).facts.flatMap(({ what }) => /^(?<rule>\w+\/\S+): /u.exec(what)?.[1] ?? []);
  expect(rules("ec2.Subnet.vpcId")).toEqual(["ec2/subnet.vpcId"]);
  expect(rules("ec2.Subnet.tags")).toEqual([]);
  expect(rules("ec2.SecurityGroup.ingress")).toEqual([
    "ec2/securityGroup.ingress[].securityGroups[]",
  ]);
  expect(rules("ec2.SecurityGroup")).toEqual(
    expect.arrayContaining(["ec2/securityGroup.vpcId", ...rules("ec2.SecurityGroup.ingress")]),
  );
});

test("what only AWS's specification says is called unverified", () => {
  const { facts } = explain("sqs.Queue.fifoQueue");
  expect(facts.at(-1)).toMatchObject({
    what: "A change replaces the resource (unverified).",
    provenance: { kind: "spec" },
  });
});

test.each([
  ["MADE_UPP", "MADE_UP"],
  ["InvalidSubnet.Conflct", "InvalidSubnet.Conflict"],
  ["ec2/subnets-apar", "ec2/subnets-apart"],
  ["ec2.Subnet.cidrBlok", "aws:ec2/subnet:Subnet.cidrBlock"],
])("%s is unknown; %s is near", (query, suggestion) => {
  expect(explain(query)).toMatchObject({ kind: "unknown", problem: null, suggestion });
});
