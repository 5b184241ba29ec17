import fc from "fast-check";
import { typesInUse } from "../types-in-use.ts";
import { AssetValue } from "../values.ts";
import type { PlainRecord } from "../values.ts";
import { diff, inputsOf, model, TYPES } from "./testing/short-diff.ts";

describe("what is no change", () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("any"), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie("any"), { maxKeys: 4 }),
    ),
  })).any;
  const anyInputs = (type: string) =>
    fc.dictionary(fc.constantFrom(...inputsOf(type), "other"), value) as fc.Arbitrary<PlainRecord>;

  test("the same inputs, of any type and shape", () => {
    const types = [...typesInUse(), TYPES.service, TYPES.queue, "other:index/thing:Thing"];
    fc.assert(
      fc.property(
        fc.constantFrom(...types).chain((type) => fc.tuple(fc.constant(type), anyInputs(type))),
        ([type, inputs]) => {
          const found = model.diff(type, inputs, structuredClone(inputs));
          expect(found.changes).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("another order of a set, in and outside an element", () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(fc.ipV4(), { minLength: 1 })
          .chain((ids) => fc.tuple(fc.constant(ids), shuffled(ids))),
        ([ids, other]) => {
          const one = (groups: readonly string[]) => ({
            ingress: groups.map((id) => ({
              protocol: "tcp",
              securityGroups: [id, "sg-1", "sg-2"],
            })),
          });
          const two = {
            ingress: other.map((id) => ({ securityGroups: ["sg-2", id, "sg-1"], protocol: "tcp" })),
          };
          expect(diff(TYPES.group, one(ids), two)).toEqual([]);
        },
      ),
    );
  });

  test("a documented default that is given or no longer given", () => {
    expect(
      diff(
        TYPES.vpc,
        { cidrBlock: "10.0.0.0/16" },
        { cidrBlock: "10.0.0.0/16", enableDnsSupport: true },
      ),
    ).toEqual([]);
    expect(diff(TYPES.vpc, { instanceTenancy: "default" }, {})).toEqual([]);
  });

  test("what the provider keeps when it is left out; an empty list takes it away", () => {
    const rules = { ingress: [{ protocol: "tcp", fromPort: 1, toPort: 2 }] };
    expect(diff(TYPES.group, rules, {})).toEqual([]);
    expect(diff(TYPES.group, rules, { ingress: [] })).toEqual(["- ingress[0]"]);
  });

  test("a text for a number, and a file with the same content", () => {
    expect(diff(TYPES.ingressRule, { fromPort: 80 }, { fromPort: "80" })).toEqual([]);
    const file = (path: string, digest: string) => ({ code: new AssetValue(path, digest) });
    const type = "aws:lambda/function:Function";
    expect(diff(type, file("a", "1"), file("b", "1"))).toEqual([]);
    expect(diff(type, file("a", "1"), file("a", "2"))).toEqual(["~ code"]);
  });

  test("the provider's own region, given or not", () => {
    const options = { providerRegion: "eu-west-1" };
    expect(diff(TYPES.vpc, {}, { region: "eu-west-1" }, options)).toEqual([]);
    expect(diff(TYPES.vpc, { region: "eu-west-1" }, { region: "eu-west-2" }, options)).toEqual([
      "~! region",
    ]);
    expect(diff(TYPES.vpc, {}, { region: "eu-west-1" })).toEqual(["+! region"]);
  });

  test("a policy with the same meaning", () => {
    const before = {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["s3:GetObject"], Resource: "*", Sid: "A" },
        {
          Effect: "Deny",
          Action: ["a:B", "a:C"],
          Resource: ["x"],
          Principal: { AWS: "111111111111" },
        },
      ],
    };
    const after = {
      Statement: [
        {
          Resource: "x",
          Principal: { AWS: ["arn:aws:iam::111111111111:root"] },
          Action: ["a:C", "a:B"],
          Effect: "Deny",
        },
        { Sid: "A", Effect: "Allow", Action: "s3:GetObject", Resource: ["*"] },
      ],
      Version: "2012-10-17",
    };
    const policy = (document: unknown) => ({ policy: JSON.stringify(document, undefined, 2) });
    for (const type of [
      "aws:iam/policy:Policy",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:sqs/queuePolicy:QueuePolicy",
    ]) {
      expect(diff(type, policy(before), policy(after))).toEqual([]);
    }
    const other = { ...after, Statement: after.Statement.slice(1) };
    expect(diff("aws:iam/policy:Policy", policy(before), policy(other))).toEqual(["~ policy"]);
  });
});

function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
}
