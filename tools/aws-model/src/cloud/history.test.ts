import fc from "fast-check";
import type { PlainRecord } from "../values.ts";
import type { CloudResource } from "./cloud.ts";
import { isLeaving, targetOf } from "./look.ts";
import { CLOUD_ROWS } from "./rows.ts";
import { World } from "./testing/world.ts";
import * as types from "./type-names.ts";
import { valuesAt } from "./values-at.ts";

/** A call with numbers that choose among what there is. */
const call = fc.record({
  kind: fc.constantFrom("create", "create", "create", "remove", "update"),
  what: fc.nat(100),
  first: fc.nat(100),
  second: fc.nat(100),
});
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

function pick(world: World, type: string, index: number): string {
  const all = world.cloud.list(world.scope.accountId, type);
  return all[index % Math.max(all.length, 1)]?.id ?? "missing";
}

const MAKERS: readonly ((world: World, call: Call) => readonly [string, PlainRecord])[] = [
  () => [types.VPC, { cidrBlock: "10.0.0.0/16" }],
  (world, { first, second }) => [
    types.SUBNET,
    {
      vpcId: pick(world, types.VPC, first),
      cidrBlock: `10.${String(second % 2)}.${String(16 * (second % 16))}.0/20`,
    },
  ],
  (world, { first, second }) => [
    types.SECURITY_GROUP,
    { vpcId: pick(world, types.VPC, first), name: `group-${String(second % 3)}` },
  ],
  (world, { first, second }) => [
    types.INGRESS_RULE,
    {
      securityGroupId: pick(world, types.SECURITY_GROUP, first),
      referencedSecurityGroupId: pick(world, types.SECURITY_GROUP, second),
      ipProtocol: "-1",
    },
  ],
  (world, { first }) => [types.INTERNET_GATEWAY, { vpcId: pick(world, types.VPC, first) }],
  () => [types.ELASTIC_IP, {}],
  (world, { first, second }) => [
    types.NAT_GATEWAY,
    {
      subnetId: pick(world, types.SUBNET, first),
      allocationId: pick(world, types.ELASTIC_IP, second),
    },
  ],
  (world, { first }) => [types.ROUTE_TABLE, { vpcId: pick(world, types.VPC, first) }],
  (world, { first, second }) => [
    types.ROUTE,
    {
      routeTableId: pick(world, types.ROUTE_TABLE, first),
      natGatewayId: pick(world, types.NAT_GATEWAY, second),
      destinationCidrBlock: "0.0.0.0/0",
    },
  ],
  (world, { first, second }) => [
    types.TABLE_ASSOCIATION,
    {
      routeTableId: pick(world, types.ROUTE_TABLE, first),
      subnetId: pick(world, types.SUBNET, second),
    },
  ],
  (world, { first, second }) => [
    types.UNIT,
    { name: `unit-${String(first % 3)}`, parentId: pick(world, types.UNIT, second) },
  ],
  (world, { first, second }) => [
    types.POLICY_ATTACHMENT,
    { policyId: pick(world, types.POLICY, first), targetId: pick(world, types.UNIT, second) },
  ],
  (_world, { first }) => [
    types.POLICY,
    { name: `policy-${String(first % 3)}`, type: "SERVICE_CONTROL_POLICY", content: "{}" },
  ],
];

function run(world: World, one: Call): void {
  const mine = world.cloud.all().filter(({ origin }) => origin === "created");
  const chosen = mine[one.first % Math.max(mine.length, 1)];
  const before = world.text();
  if (one.kind === "create") {
    const [type, inputs] = MAKERS[one.what % MAKERS.length]?.(world, one) ?? [types.VPC, {}];
    const refused = world.refused(type, inputs);
    expect([type, refused.length === 0 || world.text() === before]).toEqual([type, true]);
  } else if (chosen !== undefined) {
    const codes =
      one.kind === "remove"
        ? world.remove(chosen)
        : world.update(chosen, { ...chosen.inputs, tags: { n: String(one.second) } });
    expect(codes.length === 0 || world.text() === before).toBe(true);
  }
}

/** References that hold or follow, and lead to nothing: AWS would have none. */
function dangling(world: World): readonly string[] {
  return world.cloud.all().flatMap((resource: CloudResource) => {
    const references = CLOUD_ROWS[resource.type]?.references ?? "none";
    if (references === "none" || isLeaving(resource)) return [];
    return references.flatMap((reference) => {
      if (reference.holds === undefined && reference.follows !== true) return [];
      return valuesAt(resource.outputs, reference.path)
        .filter(({ value }) => typeof value === "string" && value !== "")
        .filter(({ value }) => targetOf(reference, value, resource, world.cloud) === undefined)
        .map(({ path, value }) => ({ path, text: typeof value === "string" ? value : "" }))
        .filter(({ text }) => !(reference.except?.test(text) ?? false))
        .map(({ path, text }) => `${resource.type} ${resource.id} ${path} ${text}`);
    });
  });
}

test("after any calls nothing refers to what is gone, no key is there twice, and a refused call left no trace", () => {
  let made = 0;
  fc.assert(
    fc.property(fc.array(call, { minLength: 40, maxLength: 100 }), (calls) => {
      const world = new World();
      for (const one of calls) run(world, one);
      expect(dangling(world)).toEqual([]);
      const keys = world.cloud
        .all()
        .map(({ accountId, region, type, id }) => [accountId, region, type, id].join(" "));
      expect(new Set(keys).size).toBe(keys.length);
      made += world.cloud.all().filter(({ origin }) => origin === "created").length;
    }),
    { numRuns: 50 },
  );
  // The histories are no empty ones.
  expect(made).toBeGreaterThan(300);
});
