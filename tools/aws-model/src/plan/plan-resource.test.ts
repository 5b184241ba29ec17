import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { checkObject } from "../check/check-shape.ts";
import { loadModel } from "../load-model.ts";
import type { PlannedResource, Scope } from "../model.ts";
import { bodyOf, parseNested, parseProperties } from "../tables/parse-declarations.ts";
import { parseShape } from "../tables/parse-shape.ts";
import { locateTables, openTables } from "../tables/store.ts";
import type { ResourceTable, Shape } from "../tables/format.ts";
import { typesInUse } from "../types-in-use.ts";
import { isPlainList, isPlainRecord, UNKNOWN } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";
import { RULE_TABLES } from "./rules.ts";

const model = loadModel();
const location = locateTables();
const store = openTables(location);
const data = join(import.meta.dirname, "..", "..", "data");
const scope: Scope = { partition: "aws", accountId: "111111111111", region: "eu-west-1" };

const inUse = typesInUse();

function plan(type: string, inputs: PlainRecord = {}, where: Partial<Scope> = {}, id?: string) {
  const request = { type, name: "main", urn: `urn:${type}::main`, inputs };
  return model.plan({
    ...request,
    scope: { ...scope, ...where },
    ...(id === undefined ? {} : { id }),
  });
}

function tableOf(type: string): ResourceTable {
  const service = type.slice("aws:".length, type.indexOf("/"));
  const table = store.service(service)?.resources[type];
  if (table === undefined) throw new Error(type);
  return table;
}

/** Just enough inputs for a sensible plan: every required one, of the right kind. */
function plausibleInputs(type: string): PlainRecord {
  const table = tableOf(type);
  const examples: Readonly<Record<string, PlainValue>> = {
    assumeRolePolicy: "{}",
    role: "deploy",
    policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
  };
  const value = (shape: Shape): PlainValue => {
    if (shape === "n") return 1;
    if (shape === "b") return true;
    if (typeof shape === "string" || shape[0] === "any-of" || shape[0] === "enum") return "text";
    return shape[0] === "list" ? [] : {};
  };
  return Object.fromEntries(
    table.required.map((name) => [name, examples[name] ?? value(table.inputs[name] ?? "a")]),
  );
}

test.each([
  ["aws:ec2/vpc:Vpc", {}, /^vpc-[0-9a-f]{17}$/u],
  ["aws:ec2/subnet:Subnet", {}, /^subnet-[0-9a-f]{17}$/u],
  ["aws:ec2/natGateway:NatGateway", {}, /^nat-[0-9a-f]{17}$/u],
  ["aws:ec2/eip:Eip", {}, /^eipalloc-[0-9a-f]{17}$/u],
  ["aws:organizations/organization:Organization", {}, /^o-[a-z0-9]{10}$/u],
  ["aws:organizations/account:Account", {}, /^\d{12}$/u],
  [
    "aws:organizations/organizationalUnit:OrganizationalUnit",
    { parentId: "ou-ab12-cd345678" },
    /^ou-ab12-[a-z0-9]{8}$/u,
  ],
  ["aws:iam/role:Role", { name: "deploy" }, /^deploy$/u],
  [
    "aws:iam/policy:Policy",
    { name: "read", path: "/a/" },
    /^arn:aws:iam::111111111111:policy\/a\/read$/u,
  ],
  ["aws:kms/key:Key", {}, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u],
  ["aws:kms/key:Key", { multiRegion: true }, /^mrk-[0-9a-f]{32}$/u],
  ["aws:ecs/cluster:Cluster", { name: "a" }, /^arn:aws:ecs:eu-west-1:111111111111:cluster\/a$/u],
  // Types without a rule follow the import example of the package.
  ["aws:ec2/vpcIpam:VpcIpam", {}, /^ipam-[0-9a-f]{17}$/u],
  ["aws:sns/topic:Topic", { name: "a" }, /^arn:aws:sns:eu-west-1:111111111111:a$/u],
  ["aws:dynamodb/table:Table", { name: "a" }, /^a$/u],
  // The CRC-32 of 0.0.0.0/0 that every route of the provider's ends in.
  [
    "aws:ec2/route:Route",
    { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0" },
    /^r-rtb-11080289494$/u,
  ],
])("the id of %s with %j is AWS-shaped", (type, inputs, shape) => {
  expect(plan(type, inputs).id).toMatch(shape);
});

test("partition, account and region of ARNs are those of the resource's provider", () => {
  const where = { partition: "aws-us-gov", accountId: "222222222222", region: "us-gov-west-1" };
  const vpc = plan("aws:ec2/vpc:Vpc", {}, where as Scope);
  expect(vpc.outputs["arn"]).toBe(`arn:aws-us-gov:ec2:us-gov-west-1:222222222222:vpc/${vpc.id}`);
  const role = plan("aws:iam/role:Role", { name: "a" }, where as Scope);
  expect(role.outputs["arn"]).toBe("arn:aws-us-gov:iam::222222222222:role/a");
  const bucket = plan("aws:s3/bucket:Bucket", { bucket: "b" }, where as Scope);
  expect(bucket.outputs["arn"]).toBe("arn:aws-us-gov:s3:::b");
});

test("an input region overrides the provider's, also where ids are made", () => {
  const there = plan("aws:ec2/vpc:Vpc", { region: "eu-central-1" });
  expect(there.outputs["region"]).toBe("eu-central-1");
  expect(there.outputs["arn"]).toContain(":eu-central-1:");
  expect(there.id).not.toBe(plan("aws:ec2/vpc:Vpc").id);
  expect(plan("aws:ec2/vpc:Vpc").outputs["region"]).toBe("eu-west-1");
});

test("DNS names follow the partition", () => {
  const where = { partition: "aws-cn", region: "cn-north-1" } as const;
  expect(plan("aws:s3/bucket:Bucket", { bucket: "b" }, where).outputs).toMatchObject({
    bucketDomainName: "b.s3.amazonaws.com.cn",
    bucketRegionalDomainName: "b.s3.cn-north-1.amazonaws.com.cn",
  });
});

test.each([
  ["aws:iam/role:Role", {}, "name", /^main-[0-9a-f]{7}$/u],
  ["aws:s3/bucket:Bucket", {}, "bucket", /^main-[0-9a-f]{7}$/u],
  ["aws:kms/alias:Alias", {}, "name", /^alias\/main-[0-9a-f]{7}$/u],
  ["aws:sqs/queue:Queue", { fifoQueue: true }, "name", /^main-[0-9a-f]{7}\.fifo$/u],
  ["aws:iam/role:Role", { namePrefix: "x-" }, "name", /^x-\d{26}$/u],
  ["aws:iam/role:Role", { name: "given" }, "name", /^given$/u],
])("%s with %j has an automatic name as the provider gives it", (type, inputs, output, name) => {
  const planned = plan(type, inputs);
  expect(planned.outputs[output]).toMatch(name);
  expect(planned.computed).not.toContain(output);
});

test("an unknown name makes what is named by it unknown, but never the id", () => {
  const role = plan("aws:iam/role:Role", { name: UNKNOWN });
  expect(role.id).toMatch(/^main-[0-9a-f]{17}$/u);
  expect(role.outputs).toMatchObject({ name: UNKNOWN, arn: UNKNOWN });
});

test("what AWS makes along with a VPC has the same id wherever it is met", () => {
  const vpc = plan("aws:ec2/vpc:Vpc");
  const group = plan("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { vpcId: vpc.id });
  expect(group.id).toBe(vpc.outputs["defaultSecurityGroupId"]);
  expect(vpc.outputs["mainRouteTableId"]).toBe(vpc.outputs["defaultRouteTableId"]);
});

test("a NAT gateway has the address of its Elastic IP, which is no real one", () => {
  const eip = plan("aws:ec2/eip:Eip");
  const nat = plan("aws:ec2/natGateway:NatGateway", { subnetId: "s", allocationId: eip.id });
  expect(nat.outputs["publicIp"]).toBe(eip.outputs["publicIp"]);
  expect(eip.outputs["publicIp"]).toMatch(/^198\.1[89]\.\d+\.\d+$/u);
});

test("zone names and ids of a subnet are told from each other", () => {
  const subnet = "aws:ec2/subnet:Subnet";
  expect(plan(subnet, { availabilityZoneId: "euw1-az2" }).outputs["availabilityZone"]).toBe(
    "eu-west-1b",
  );
  expect(plan(subnet, { availabilityZone: "eu-west-1c" }).outputs["availabilityZoneId"]).toBe(
    "euw1-az3",
  );
  expect(plan(subnet, { availabilityZone: "eu-west-1z" }).outputs["availabilityZoneId"]).toBe(
    UNKNOWN,
  );
  expect(plan(subnet, { availabilityZoneId: "use1-az2" }).outputs["availabilityZone"]).toBe(
    UNKNOWN,
  );
});

test("the organization's ids are the same for everything in the management account", () => {
  const organization = plan("aws:organizations/organization:Organization", {
    enabledPolicyTypes: ["TAG_POLICY"],
  });
  const [root] = organization.outputs["roots"] as readonly { id: string }[];
  expect(root).toMatchObject({
    name: "Root",
    policyTypes: [{ status: "ENABLED", type: "TAG_POLICY" }],
  });
  const unit = plan("aws:organizations/organizationalUnit:OrganizationalUnit", {
    parentId: root!.id,
  });
  expect(unit.id.slice(3).split("-")[0]).toBe(root!.id.slice(2));
  expect(unit.outputs["arn"]).toContain(`:ou/${organization.id}/`);
});

test("all tags are the provider's and the resource's, which win", () => {
  const defaultTags = { owner: "platform", stage: "x" };
  const { outputs } = plan("aws:ec2/vpc:Vpc", { tags: { stage: "y" } }, { defaultTags });
  expect(outputs["tagsAll"]).toEqual({ owner: "platform", stage: "y" });
  expect(outputs["tags"]).toEqual({ stage: "y" });
  expect(plan("aws:ec2/vpc:Vpc", { tags: UNKNOWN }).outputs["tagsAll"]).toBe(UNKNOWN);
});

test("a resource that exists keeps its id, and its ARN is made from it", () => {
  const vpc = plan("aws:ec2/vpc:Vpc", {}, {}, "vpc-1");
  expect(vpc.id).toBe("vpc-1");
  expect(vpc.outputs["arn"]).toBe("arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-1");
  expect(vpc.computed).toContain("enableDnsSupport");
  const bucket = plan("aws:s3/bucket:Bucket", {}, {}, "my-bucket");
  expect(bucket.outputs).toMatchObject({ bucket: "my-bucket", arn: "arn:aws:s3:::my-bucket" });
});

test("a policy document given as an object comes back as text", () => {
  const document = { Version: "2012-10-17" };
  const policy = plan("aws:iam/policy:Policy", { policy: document });
  expect(policy.outputs["policy"]).toBe(JSON.stringify(document));
  expect(plan("aws:iam/policy:Policy", { policy: { Id: UNKNOWN } }).outputs["policy"]).toBe(
    UNKNOWN,
  );
});

test("a type that is not of the package has its inputs and an id", () => {
  const planned = plan("example:index:Thing", { a: 1 });
  expect(planned).toMatchObject({ outputs: { a: 1 }, computed: [] });
  expect(planned.id).toMatch(/^main-[0-9a-f]{17}$/u);
});

test("inputs pass unchanged, without copies of what is in them", () => {
  const routes = [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }];
  const planned = plan("aws:ec2/routeTable:RouteTable", { vpcId: "v", routes });
  expect(planned.outputs["routes"]).toBe(routes);
});

test("the same request has the same plan, another URN, account or region another id", () => {
  fc.assert(
    fc.property(fc.constantFrom(...inUse), fc.string(), (type, urn) => {
      const request = { type, name: "n", urn, inputs: plausibleInputs(type), scope };
      expect(model.plan(request)).toEqual(loadModel().plan(request));
    }),
    { numRuns: 30 },
  );
  const ids = new Set<string>();
  for (const accountId of ["111111111111", "222222222222"]) {
    for (const region of ["eu-west-1", "us-east-1"]) {
      for (const urn of ["a", "b"]) {
        const where = { ...scope, accountId, region };
        const request = { type: "aws:ec2/vpc:Vpc", name: "n", urn, inputs: {}, scope: where };
        ids.add(model.plan(request).id);
      }
    }
  }
  expect(ids.size).toBe(8);
});

/** Outputs that are neither unknown nor of the kind that the table gives. */
function misfits(planned: PlannedResource, table: ResourceTable): string[] {
  return Object.entries(planned.outputs)
    .filter(([name, value]) => value !== UNKNOWN && !fits(value, table.outputs[name] ?? ""))
    .map(([name]) => name);
}

function fits(value: PlainValue, kind: string): boolean {
  switch (kind.charAt(0)) {
    case "s":
      return typeof value === "string";
    case "n":
      return typeof value === "number";
    case "b":
      return typeof value === "boolean";
    case "l":
      return isPlainList(value);
    case "m":
    case "r":
      return isPlainRecord(value);
    case "a":
      return true;
    default:
      return false;
  }
}

test("every output of every type of the package is of its kind, or unknown", () => {
  const wrong: string[] = [];
  for (const service of Object.keys(store.manifest.services)) {
    for (const [type, table] of Object.entries(store.service(service)?.resources ?? {})) {
      const planned = plan(type);
      expect(planned.id).not.toBe("");
      wrong.push(...misfits(planned, table).map((name) => `${type} ${name}`));
      const absent = table.computed.filter((name) => !(name in planned.outputs));
      wrong.push(...absent.map((name) => `${type} ${name} is missing`));
    }
  }
  expect(wrong).toEqual([]);
});

test("every computed output of every type in use has exactly the declared shape", () => {
  const outputs = readFileSync(join(location.packageFolder, "types", "output.d.ts"), "utf8");
  const nested = Object.fromEntries(parseNested(outputs, new Map()));
  const wrong = inUse.flatMap((type) => {
    const [module = "", className = ""] = type.slice("aws:".length).split(":");
    const file = join(location.packageFolder, `${module}.d.ts`);
    const body = bodyOf(readFileSync(file, "utf8"), `declare class ${className}`) ?? "";
    const properties = parseProperties(body)
      .filter((property) => property.type.startsWith("pulumi.Output<"))
      .map((property) => [property.name, parseShape(property.type, new Map())]);
    const planned = plan(type, plausibleInputs(type));
    const shape = { properties: Object.fromEntries(properties) as never, required: [] };
    const given = tableOf(type).required;
    return checkObject(planned.outputs, shape, nested)
      .filter((row) => !given.some((name) => row.path.startsWith(`${name}.`)))
      .map((row) => `${type} ${row.path}`);
  });
  expect(wrong).toEqual([]);
});

test("ids and ARNs of the types in use match the patterns of two other sources", () => {
  const { shapes } = JSON.parse(readFileSync(join(data, "output-shapes.json"), "utf8")) as {
    shapes: { type: string; output: string; pattern: string; from: string }[];
  };
  expect(shapes.length).toBeGreaterThanOrEqual(47);
  const wrong = shapes.filter(({ type, output, pattern }) => {
    const planned = plan(type, plausibleInputs(type));
    const value = output === "id" ? planned.id : planned.outputs[output];
    return typeof value !== "string" || !new RegExp(pattern, "u").test(value);
  });
  expect(wrong).toEqual([]);
});

test("every rule is about a type and outputs that the package has, and says where it is from", () => {
  for (const { provenance, rules } of RULE_TABLES) {
    expect(provenance.date).toMatch(/^\d{4}-\d{2}-\d{2}$/u);
    for (const [type, rule] of Object.entries(rules)) {
      const known = tableOf(type).outputs;
      const strays = Object.keys(rule.outputs ?? {}).filter((name) => !(name in known));
      expect({ type, strays }).toEqual({ type, strays: [] });
    }
  }
});

test("every type in use has a rule of its own", () => {
  const ruled = new Set(RULE_TABLES.flatMap(({ rules }) => Object.keys(rules)));
  expect(inUse.filter((type) => !ruled.has(type))).toEqual([]);
});
