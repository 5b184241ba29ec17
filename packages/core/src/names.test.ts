import fc from "fast-check";

import { nameRules } from "./name-rules.ts";
import { checkName, nameRule, physicalName } from "./names.ts";
import { errorWithCode } from "./testing/errors.ts";

const types = Object.keys(nameRules);
const anyType = fc.constantFrom(...types);
const anyText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 100 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }),
  fc.stringMatching(/^[a-z][a-z0-9-]{0,90}$/),
);

test("a name that AWS accepts is left as it is", () => {
  expect(physicalName("aws:iam/role:Role", ["atoll", "deploy"])).toBe("atoll-deploy");
  expect(
    physicalName("aws:cloudwatch/logGroup:LogGroup", ["", "atoll", "vpc"], { separator: "/" }),
  ).toBe("atoll/vpc");
});

test("a name that is too long is cut and told apart by a hash of the whole", () => {
  const long = physicalName("aws:lb/loadBalancer:LoadBalancer", [
    "workloads-prod",
    "payments",
    "public",
    "blue",
  ]);
  const other = physicalName("aws:lb/loadBalancer:LoadBalancer", [
    "workloads-prod",
    "payments",
    "public",
    "green",
  ]);
  expect(long).toMatch(/^workloads-prod-payments-[0-9a-f]{8}$/);
  expect(long).not.toBe(other);
  expect(long.length).toBeLessThanOrEqual(32);
});

test.each([
  ["aws:s3/bucket:Bucket", "My Bucket", /^my-bucket-[0-9a-f]{8}$/],
  ["aws:s3/bucket:Bucket", "xn--logs", /^x-xn--logs-[0-9a-f]{8}$/],
  ["aws:s3/bucket:Bucket", "ab", /^ab-[0-9a-f]{8}$/],
  ["aws:lb/loadBalancer:LoadBalancer", "internal-api", /^x-internal-api-[0-9a-f]{8}$/],
  ["aws:rds/instance:Instance", "1--db-", /^db-[0-9a-f]{8}$/],
  ["aws:iam/role:Role", "a/b", /^a-b-[0-9a-f]{8}$/],
  ["aws:sqs/queue:Queue", "émoji😀", /^-moji-?-[0-9a-f]{8}$/],
])("%s turns %j into something AWS accepts", (type, text, expected) => {
  expect(physicalName(type, [text])).toMatch(expected);
  expect(checkName(type, physicalName(type, [text]), "p")).toEqual([]);
});

test("every name of every type passes the type's own rule", () => {
  fc.assert(
    fc.property(anyType, fc.array(anyText, { minLength: 1, maxLength: 5 }), (type, parts) => {
      const name = physicalName(type, parts);
      expect(checkName(type, name, "p")).toEqual([]);
      expect(name.length).toBeLessThanOrEqual(nameRule(type).maxLength);
      expect(physicalName(type, parts)).toBe(name);
    }),
    { numRuns: 500 },
  );
});

test("different texts have different names, a name that was made by hashing included", () => {
  fc.assert(
    fc.property(anyType, anyText, anyText, (type, a, b) => {
      fc.pre(a !== b);
      const name = physicalName(type, [a]);
      expect(physicalName(type, [b])).not.toBe(name);
      if (name !== a) expect(physicalName(type, [name])).not.toBe(name);
    }),
    { numRuns: 500 },
  );
});

test("an unknown type and an empty name throw with a code", () => {
  expect(() => physicalName("aws:x/y:Z", ["a"])).toThrow(errorWithCode("NAME_UNKNOWN_TYPE"));
  expect(() => nameRule("toString")).toThrow(errorWithCode("NAME_UNKNOWN_TYPE"));
  expect(() => physicalName("aws:iam/role:Role", [""])).toThrow(errorWithCode("NAME_EMPTY"));
});

test.each([
  ["aws:organizations/account:Account", "x".repeat(51), "NAME_LENGTH"],
  ["aws:organizations/account:Account", "", "NAME_LENGTH"],
  ["aws:organizations/account:Account", "mañana", "NAME_CHARACTERS"],
  ["aws:organizations/organizationalUnit:OrganizationalUnit", "a/b", "NAME_CHARACTERS"],
  ["aws:lb/loadBalancer:LoadBalancer", "-api", "NAME_CHARACTERS"],
  ["aws:lb/loadBalancer:LoadBalancer", "internal-api", "NAME_CHARACTERS"],
  ["aws:cloudtrail/trail:Trail", "my-_trail", "NAME_CHARACTERS"],
])("%s refuses %j with %s", (type, name, code) => {
  expect(checkName(type, name, "accounts[0].name")).toEqual([
    expect.objectContaining({ code, severity: "error", path: "accounts[0].name", got: name }),
  ]);
});

test("every rule has a source and a day, and room for a hash", () => {
  for (const [type, rule] of Object.entries(nameRules)) {
    expect([type, rule.source]).toEqual([type, expect.stringMatching(/^(botocore|https:)/)]);
    expect([type, rule.date]).toEqual([type, expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/)]);
    expect(rule.maxLength).toBeGreaterThanOrEqual(20);
    expect(rule.minLength).toBeLessThanOrEqual(10);
  }
});
