import fc from "fast-check";
import { loadModel } from "../load-model.ts";
import type { Scope } from "../model.ts";
import { AssetValue, UNKNOWN } from "../values.ts";
import type { PlainRecord } from "../values.ts";
import { constraintTable } from "./constraint-table.ts";

const model = loadModel();
const scope: Scope = { partition: "aws", accountId: "111111111111", region: "eu-west-1" };
const routeTable = "aws:ec2/routeTable:RouteTable";

function check(type: string, inputs: PlainRecord): string[] {
  return model.check(type, inputs, scope).map((row) => `${row.severity} ${row.code} ${row.path}`);
}

test("a misspelt nested property is named with its path and the nearest name", () => {
  const inputs = { vpcId: "vpc-1", routes: [{ cidrBlock: "0.0.0.0/0", gatewayIdd: "igw-1" }] };
  const [finding, ...others] = model.check(routeTable, inputs, scope);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    code: "UNKNOWN_PROPERTY",
    severity: "error",
    path: "routes[0].gatewayIdd",
    got: "igw-1",
    fix: 'Did you mean "gatewayId"?',
  });
});

test.each<[reason: string, type: string, inputs: PlainRecord, findings: string[]]>([
  ["required inputs", routeTable, {}, ["error MISSING_PROPERTY vpcId"]],
  ["null counts as absent", routeTable, { vpcId: null }, ["error MISSING_PROPERTY vpcId"]],
  ["unknown counts as present", routeTable, { vpcId: UNKNOWN, routes: UNKNOWN }, []],
  [
    "nested required properties",
    "aws:ecs/capacityProvider:CapacityProvider",
    { autoScalingGroupProvider: { managedScaling: {} } },
    ["error MISSING_PROPERTY autoScalingGroupProvider.autoScalingGroupArn"],
  ],
  ["objects for texts", routeTable, { vpcId: { id: "vpc-1" } }, ["error WRONG_TYPE vpcId"]],
  ["texts for lists", routeTable, { vpcId: "v", routes: "r" }, ["error WRONG_TYPE routes"]],
  [
    "numbers and booleans as text, as the provider takes them",
    "aws:ec2/vpc:Vpc",
    { cidrBlock: "10.0.0.0/16", enableDnsSupport: "true", ipv4NetmaskLength: "16" },
    [],
  ],
  [
    "texts that are no booleans or numbers",
    "aws:ec2/vpc:Vpc",
    { enableDnsSupport: "yes", ipv4NetmaskLength: "big" },
    ["error WRONG_TYPE enableDnsSupport", "error WRONG_TYPE ipv4NetmaskLength"],
  ],
  [
    "outputs of a resource that is read",
    "aws:ec2/vpc:Vpc",
    { arn: "x", cidrBlock: "10.0.0.0/16" },
    [],
  ],
  [
    "keys of maps need not be known, even when they are no words",
    "aws:ec2/vpc:Vpc",
    { tags: { "a b": "c", constructor: "d" } },
    [],
  ],
  [
    "a path quotes what is no word",
    "aws:ec2/vpc:Vpc",
    { tags: { "a b": { c: "d" } } },
    ['error WRONG_TYPE tags["a b"]'],
  ],
  [
    "values outside their enumeration",
    "aws:ec2/vpc:Vpc",
    { instanceTenancy: "dedicatd" },
    ["error VALUE_NOT_ALLOWED instanceTenancy"],
  ],
  [
    "values in lists",
    "aws:organizations/organization:Organization",
    { enabledPolicyTypes: ["TAG_POLICY", "TAGS"] },
    ["error VALUE_NOT_ALLOWED enabledPolicyTypes[1]"],
  ],
  [
    "a value missing from a list that AWS keeps adding to only warns",
    "aws:ec2/launchTemplate:LaunchTemplate",
    { instanceType: "m99.large" },
    ["warning VALUE_NOT_ALLOWED instanceType"],
  ],
  [
    "values that the provider takes beyond AWS's own",
    "aws:cloudwatch/logGroup:LogGroup",
    { retentionInDays: 0 },
    [],
  ],
  [
    "numbers outside their enumeration",
    "aws:cloudwatch/logGroup:LogGroup",
    { retentionInDays: 31 },
    ["error VALUE_NOT_ALLOWED retentionInDays"],
  ],
  [
    "address blocks that no VPC can have",
    "aws:ec2/vpc:Vpc",
    { cidrBlock: "10.0.0.0/8" },
    ["error VALUE_PATTERN cidrBlock"],
  ],
  [
    "texts in another form",
    "aws:organizations/account:Account",
    { name: "a", email: "nobody" },
    ["error VALUE_PATTERN email"],
  ],
  [
    "texts that are too long",
    "aws:iam/role:Role",
    { name: "r".repeat(65), assumeRolePolicy: "{}" },
    ["error VALUE_LENGTH name"],
  ],
  [
    "numbers out of range",
    "aws:iam/role:Role",
    { maxSessionDuration: 60, assumeRolePolicy: "{}" },
    ["error VALUE_RANGE maxSessionDuration"],
  ],
  [
    "lists with too many items",
    "aws:ec2/flowLog:FlowLog",
    { tagFieldSpecifications: [{ resourceType: "instance", tagKeys: ["a", "b", "c"] }] },
    ["error VALUE_LENGTH tagFieldSpecifications[0].tagKeys"],
  ],
  [
    "the empty text, which the provider takes for absent",
    "aws:ec2/vpc:Vpc",
    { instanceTenancy: "" },
    [],
  ],
  [
    "policies that are no JSON",
    "aws:iam/role:Role",
    { assumeRolePolicy: "{'Version': 1}" },
    ["error INVALID_JSON assumeRolePolicy"],
  ],
  [
    "the content of an organization's policy",
    "aws:organizations/policy:Policy",
    { content: "{" },
    ["error INVALID_JSON content"],
  ],
  [
    "a policy that is a name",
    "aws:iot/policyAttachment:PolicyAttachment",
    { policy: "my-policy", target: "t" },
    [],
  ],
  [
    "policy documents as objects",
    "aws:iam/policy:Policy",
    { policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow" }] } },
    [],
  ],
  [
    "assets",
    "aws:lambda/function:Function",
    { role: "arn", code: new AssetValue("handlers/x", "00") },
    [],
  ],
  ["types that are not of the package", "example:index:Thing", { anything: 1 }, []],
])("%s", (_reason, type, inputs, findings) => {
  expect(check(type, inputs)).toEqual(findings);
});

test("findings come sorted by path, whatever the order of the inputs", () => {
  const inputs = { zone: "z", vpcId: [], routes: [{ b: 1, a: 1 }] };
  const backwards = Object.fromEntries(Object.entries(inputs).reverse());
  const paths = ["routes[0].a", "routes[0].b", "vpcId", "zone"];
  expect(model.check(routeTable, inputs, scope).map((row) => row.path)).toEqual(paths);
  expect(model.check(routeTable, backwards, scope)).toEqual(model.check(routeTable, inputs, scope));
});

test("a finding names the source and the day of the table", () => {
  const [finding] = model.check("aws:ec2/vpc:Vpc", { instanceTenancy: "x" }, scope);
  expect(finding?.expected).toContain(constraintTable().date);
  expect(finding?.expected).toContain("botocore");
});

test("unknown values and assets have their notation in a finding", () => {
  const inputs: PlainRecord = {
    nosuch: { a: UNKNOWN, b: new AssetValue("x.txt", "00") },
    vpcId: "v",
  };
  expect(model.check(routeTable, inputs, scope)[0]?.got).toEqual({
    a: { $unknown: true },
    b: { $asset: { path: "x.txt", sha256: "00" } },
  });
});

const types = Object.keys(constraintTable().types);

test("no input whatsoever makes the check throw", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...types, routeTable, "aws:wafv2/webAcl:WebAcl"),
      fc.dictionary(fc.string(), fc.jsonValue()),
      (type, inputs) => Array.isArray(model.check(type, inputs as PlainRecord, scope)),
    ),
  );
});

test("no value of a known input makes the check throw", () => {
  const named = fc.constantFrom(...types).chain((type) => {
    const names = (constraintTable().types[type] ?? []).map(
      (row) => row.path.split(/[.[]/u)[0] ?? "",
    );
    return fc.record({
      type: fc.constant(type),
      inputs: fc.dictionary(fc.constantFrom(...names), fc.jsonValue()),
    });
  });
  fc.assert(
    fc.property(named, ({ type, inputs }) => {
      const findings = model.check(type, inputs as PlainRecord, scope);
      const keys = findings.map((row) => row.path.split(/[.[]/u)[0]);
      return keys.every((key) => key !== undefined && key !== "");
    }),
  );
});
