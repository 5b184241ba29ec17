import { loadModel } from "../load-model.ts";
import { serviceOf } from "../tables/format.ts";
import { locateTables, openTables } from "../tables/store.ts";
import { typesInUse } from "../types-in-use.ts";
import { inputShape, namesInside } from "./input-shape.ts";
import { headOf } from "./replacement.ts";
import { replacementTable } from "./row-table.ts";
import type { ConditionalInput, ReplacementRow } from "./row.ts";
import { specAnswers } from "./spec-table.ts";

const store = openTables(locateTables());
const rows = Object.entries(replacementTable().types);

function shapeOf(type: string, path: string) {
  const service = store.service(serviceOf(type) ?? "");
  const table = service?.resources[type];
  if (service === undefined || table === undefined) return undefined;
  const found = inputShape(path, table, service);
  return found === undefined ? undefined : { ...found, service };
}

/** Every path that a row names. */
function pathsOf(row: ReplacementRow): readonly string[] {
  const conditional = (inputs: readonly ConditionalInput[] = []) =>
    inputs.flatMap(({ path, test }) => [
      path,
      ...Object.keys({ ...test?.newIs, ...test?.newIsNot, ...test?.oldIs }),
      ...(test?.newHas ?? []),
    ]);
  return [
    ...row.replaces.map((path) => path.replace(/\.\*\*$/u, "")),
    ...conditional(row.when),
    ...conditional(row.refuses),
    ...conditional(row.suppressed),
    ...Object.keys(row.defaults ?? {}),
    ...(row.kept ?? []),
    ...(row.unordered ?? []),
    ...Object.keys(row.compare ?? {}),
    ...(row.unread ?? []),
  ];
}

test("every type in use has a row that was read in the provider's source", () => {
  const types = new Set(rows.map(([type]) => type));
  expect(typesInUse().filter((type) => !types.has(type))).toEqual([]);
});

test("every path in a row is an input of its type", () => {
  const strays = rows.flatMap(([type, row]) =>
    pathsOf(row)
      .filter((path) => shapeOf(type, path) === undefined)
      .map((path) => `${type} ${path}`),
  );
  expect(strays).toEqual([]);
});

test("a list whose order does not count is a list", () => {
  const strays = rows.flatMap(([type, row]) =>
    (row.unordered ?? []).filter((path) => shapeOf(type, `${path}[]`) === undefined),
  );
  expect(strays).toEqual([]);
});

test("every row says which file at which commit it was read in", () => {
  const source =
    /^internal\/service\/\S+\.go at [0-9a-f]{40}(?:, and (?:a later version|pull request \d+))*$/u;
  expect(rows.filter(([, row]) => !source.test(row.source)).map(([type]) => type)).toEqual([]);
});

test("a test of a condition is about an input of the resource itself, where it can be looked up", () => {
  const tested = rows.flatMap(([, row]) => [
    ...(row.when ?? []),
    ...(row.refuses ?? []),
    ...(row.suppressed ?? []).filter(({ test: on }) => on !== undefined),
  ]);
  expect(tested.filter(({ path }) => headOf(path) !== path)).toEqual([]);
});

test("a path that replaces with all that is below is an object or a list", () => {
  const strays = rows.flatMap(([type, row]) =>
    row.replaces
      .filter((path) => path.endsWith(".**"))
      .map((path) => path.slice(0, -3))
      .filter((path) => {
        const found = shapeOf(type, path) ?? shapeOf(type, `${path}[]`);
        const inside = shapeOf(type, `${path}[]`) ?? found;
        return inside === undefined || namesInside(inside.shape, inside.service).length === 0;
      }),
  );
  expect(strays).toEqual([]);
});

test("tags never replace", () => {
  const model = loadModel();
  const tagged = rows.filter(([type]) => shapeOf(type, "tags") !== undefined);
  expect(tagged.length).toBeGreaterThan(20);
  for (const [type] of tagged) expect(model.replacement(type, "tags").replaces).toBe("no");
});

test("region replaces every type that has it, in use or not", () => {
  const model = loadModel();
  for (const type of [...typesInUse(), "aws:sqs/queue:Queue"]) {
    const answer = model.replacement(type, "region");
    expect(answer.replaces).toBe(shapeOf(type, "region") === undefined ? "unknown" : "yes");
  }
});

/*
 * Where the provider's source and AWS's specification say different things of an input, and why.
 * The specification is about CloudFormation's handler, the row about the provider's schema, and it
 * is the provider that deploys. A change of either table has to show here.
 */
const SOURCES_DISAGREE: Readonly<Record<string, string>> = {
  "aws:cloudwatch/logGroup:LogGroup logGroupClass: provider yes, spec no":
    "ForceNew; CloudWatch has no call to change a class, the handler refuses it",
  "aws:ec2/eip:Eip publicIpv4Pool: provider yes, spec no": "ForceNew; only allocation takes it",
  "aws:ec2/natGateway:NatGateway availabilityZoneAddresses: provider maybe, spec no":
    "CustomizeDiff forces new between automatic and manual zones",
  "aws:ec2/natGateway:NatGateway secondaryPrivateIpAddressCount: provider maybe, spec no":
    "CustomizeDiff forces new for private gateways",
  "aws:ec2/vpcEndpoint:VpcEndpoint dnsOptions: provider maybe, spec no":
    "ForceNew on the two options of private DNS inside it",
  "aws:ec2/vpcEndpoint:VpcEndpoint privateDnsEnabled: provider maybe, spec no":
    "CustomizeDiff forces new for all but interface endpoints",
  "aws:ecs/capacityProvider:CapacityProvider autoScalingGroupProvider: provider maybe, spec no":
    "ForceNew on the block and on the group's ARN in it",
  "aws:ecs/capacityProvider:CapacityProvider managedInstancesProvider: provider maybe, spec no":
    "ForceNew on the block and on the capacity option in it",
  "aws:ecs/service:Service deploymentController: provider no, spec yes":
    "the later text of the file updates the type in place",
  "aws:kms/key:Key customerMasterKeySpec: provider yes, spec no":
    "ForceNew; the handler refuses the change",
  "aws:kms/key:Key keyUsage: provider yes, spec no": "ForceNew; the handler refuses the change",
  "aws:kms/key:Key multiRegion: provider yes, spec no": "ForceNew; the handler refuses the change",
  "aws:organizations/account:Account email: provider yes, spec no":
    "ForceNew; the handler says in place",
  "aws:organizations/account:Account roleName: provider yes, spec no":
    "ForceNew; only the creation of an account takes it",
  "aws:organizations/organization:Organization featureSet: provider maybe, spec no":
    "CustomizeDiff forces new from ALL to CONSOLIDATED_BILLING, which AWS has no call for",
  "aws:s3/bucket:Bucket objectLockEnabled: provider maybe, spec yes":
    "the provider turns it on in place since pull request 36530",
  "aws:securityhub/account:Account enableDefaultStandards: provider yes, spec no":
    "ForceNew; only enabling the hub takes it",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule cidrIpv6: provider maybe, spec yes":
    "the provider modifies the rule, and replaces it for another kind of source only",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule fromPort: provider no, spec yes":
    "the provider modifies the rule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule ipProtocol: provider no, spec yes":
    "the provider modifies the rule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule toPort: provider no, spec yes":
    "the provider modifies the rule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule cidrIpv6: provider maybe, spec yes":
    "the provider modifies the rule, and replaces it for another kind of source only",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule fromPort: provider no, spec yes":
    "the provider modifies the rule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule ipProtocol: provider no, spec yes":
    "the provider modifies the rule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule toPort: provider no, spec yes":
    "the provider modifies the rule",
};

test("where provider and specification disagree is known, with the reason", () => {
  const model = loadModel();
  let compared = 0;
  const found = rows.flatMap(([type]) =>
    [...specAnswers(type)].flatMap(([name, spec]) => {
      const row = model.replacement(type, name);
      if (!row.verified) return [];
      compared += 1;
      const line = `${type} ${name}: provider ${row.replaces}, spec ${spec.replaces}`;
      return row.replaces === spec.replaces ? [] : [line];
    }),
  );
  expect(compared).toBeGreaterThan(190);
  expect(found.sort()).toEqual(Object.keys(SOURCES_DISAGREE).sort());
});

test("every input that the specification names is an input of its type", () => {
  const strays = typesInUse().flatMap((type) =>
    [...specAnswers(type).keys()].filter((name) => shapeOf(type, name) === undefined),
  );
  expect(strays).toEqual([]);
});
