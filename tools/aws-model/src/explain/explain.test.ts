import { loadModel } from "../load-model.ts";
import { typesInUse } from "../types-in-use.ts";
import { MODEL_CODES } from "./model-codes.ts";

const model = loadModel();
const SUBNET = "aws:ec2/subnet:Subnet";
const sentences = (query: string) => model.explain(query).facts.map(({ what }) => what);

test("a type may be named as in a program, as a token, or as a token without its package", () => {
  const whole = model.explain(`${SUBNET}.cidrBlock`);
  expect(whole).toMatchObject({ subject: `${SUBNET}.cidrBlock`, kind: "input" });
  for (const query of [
    "ec2.Subnet.cidrBlock",
    "aws.ec2.Subnet.cidrBlock",
    "ec2/subnet:Subnet.cidrBlock",
  ]) {
    expect(model.explain(query)).toEqual(whole);
  }
  expect(model.explain("ec2.Subnet")).toEqual(model.explain(SUBNET));
});

test("an input says its type, what AWS allows, and what a change does, each with its source", () => {
  const { facts } = model.explain("ec2.Subnet.cidrBlock");
  expect(facts.map(({ what }) => what)).toEqual([
    "An input, optional. It is an output too.",
    "Type: text.",
    expect.stringMatching(/^The whole text must match /u),
    "A change replaces the resource.",
  ]);
  for (const { provenance } of facts) {
    expect(provenance.source).not.toBe("");
    expect(provenance.date).toMatch(/^\d{4}-\d\d-\d\d$/u);
  }
  expect(facts.at(-1)?.provenance.source).toContain("internal/service/ec2/vpc_subnet.go at ");
});

test("allowed values, lengths and defaults are said where they are known", () => {
  expect(sentences("ec2.Vpc.instanceTenancy")).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Allowed values: .*dedicated/u),
      'Left out, it is "default".',
      "A change replaces the resource when it changes to anything but from dedicated to default.",
    ]),
  );
  expect(sentences("aws:iam/role:Role.assumeRolePolicy")).toContain("The text is a JSON document.");
  expect(sentences("iam.Role.assumeRolePolicy")[0]).toBe(
    "An input, required. It is an output too.",
  );
});

test("what only the specification says is called unverified", () => {
  expect(sentences("sqs.Queue.fifoQueue")).toContain(
    "A change replaces the resource (unverified).",
  );
  expect(sentences("sqs.Queue")).toContainEqual(expect.stringContaining("(unverified): fifoQueue"));
  expect(sentences("sqs.Queue.delaySeconds")).toContain("A change is made in place (unverified).");
});

test("positions in a path do not matter", () => {
  const nested = model.explain("ec2.SecurityGroup.ingress[0].protocol");
  expect(nested.kind).toBe("input");
  expect(nested).toEqual(model.explain("ec2.SecurityGroup.ingress[].protocol"));
  expect(sentences("ec2.SecurityGroup.ingress")).toContain(
    "The order of its elements does not count.",
  );
});

test("an output is told from an input", () => {
  expect(model.explain("ec2.Subnet.arn")).toMatchObject({
    kind: "output",
    facts: [{ what: "An output, never an input. AWS decides it." }, { what: "Type: text." }],
  });
});

test.each([
  ["ec2.Subnet.cidrBlok", `${SUBNET}.cidrBlock`],
  ["ec2.Subnett.cidrBlock", `${SUBNET}.cidrBlock`],
  ["ecc2.Subnet", SUBNET],
  ["Subnet.cidrBlock", expect.stringMatching(/:Subnet\.cidrBlock$/u)],
  ["ec2.SecurityGroupIngressRule", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"],
  [
    "ec2.SecurityGroup.ingress[0].protocl",
    "aws:ec2/securityGroup:SecurityGroup.ingress[].protocol",
  ],
  ["WRONG_TYPES", "WRONG_TYPE"],
])("%s is unknown, and %s is suggested", (query, suggestion) => {
  expect(model.explain(query)).toEqual({ subject: query, kind: "unknown", facts: [], suggestion });
});

test("what is like nothing is unknown, without a suggestion", () => {
  for (const query of ["", "a rule of thumb", "ec2.", "constructor", "ec2.Subnet.__proto__"]) {
    expect(model.explain(query)).toEqual({ subject: query, kind: "unknown", facts: [] });
  }
});

test("each code of the model is explained, and other tools add theirs", () => {
  expect(MODEL_CODES.map(({ code }) => code)).toEqual([
    "DATA_SOURCE_UNANSWERED",
    "INVALID_JSON",
    "MISSING_PROPERTY",
    "UNKNOWN_PROPERTY",
    "VALUE_LENGTH",
    "VALUE_NOT_ALLOWED",
    "VALUE_PATTERN",
    "VALUE_RANGE",
    "WRONG_TYPE",
  ]);
  expect(model.explain("WRONG_TYPE").kind).toBe("code");
  const provenance = { kind: "doc", source: "a page", date: "2026-11-27" } as const;
  const own = { code: "tool/own-rule", text: "A subnet lies in its VPC.", provenance };
  expect(model.explain("tool/own-rule", [own])).toEqual({
    subject: "tool/own-rule",
    kind: "code",
    facts: [{ what: own.text, provenance }],
  });
  expect(model.explain("tool/own-rul", [own]).suggestion).toBe(own.code);
});

test("every type in use and each of its inputs can be explained", () => {
  for (const type of typesInUse()) {
    const { kind, facts } = model.explain(type);
    expect(kind).toBe("type");
    const inputs = facts[0]?.what.slice("Inputs: ".length, -1).split(", ") ?? [];
    for (const input of inputs) {
      const found = model.explain(`${type}.${input}`);
      expect(found.kind).toBe("input");
      expect(found.facts.every(({ what }) => !/undefined|\[object/u.test(what))).toBe(true);
    }
  }
});
