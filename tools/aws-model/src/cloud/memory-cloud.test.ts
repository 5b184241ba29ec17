import type { CloudResource } from "./cloud.ts";
import { cloudOf } from "./memory-cloud.ts";
import { valuesAt } from "./values-at.ts";

function resource(id: string, more: Partial<CloudResource> = {}): CloudResource {
  const base = { accountId: "111111111111", region: "eu-west-1", type: "aws:sns/topic:Topic" };
  return { ...base, id, inputs: {}, outputs: {}, origin: "created", ...more };
}

test("one id in two regions is two resources", () => {
  const cloud = cloudOf([resource("a"), resource("a", { region: "us-east-1" })]);
  expect(cloud.list("111111111111", "aws:sns/topic:Topic")).toHaveLength(2);
  expect(cloud.find("111111111111", "aws:sns/topic:Topic", "a", "us-east-1")?.region).toBe(
    "us-east-1",
  );
  expect(cloud.find("111111111111", "aws:sns/topic:Topic", "a")?.region).toBe("eu-west-1");
});

test("a later resource with the same key takes the earlier one's place, and its place in the order", () => {
  const cloud = cloudOf([resource("a"), resource("b"), resource("a", { inputs: { name: "new" } })]);
  expect(cloud.all().map(({ id, inputs }) => [id, inputs])).toEqual([
    ["a", { name: "new" }],
    ["b", {}],
  ]);
});

test("taking away what is not there is no error, and an account with nothing left is not listed", () => {
  const cloud = cloudOf([resource("a")]);
  cloud.apply({ put: [], remove: [resource("b"), resource("a", { accountId: "222222222222" })] });
  expect(cloud.accountIds).toEqual(["111111111111"]);
  cloud.apply({ put: [], remove: [resource("a")] });
  expect(cloud.accountIds).toEqual([]);
  expect(cloud.all()).toEqual([]);
});

test("what a change takes away and puts back stands", () => {
  const cloud = cloudOf([resource("a")]);
  cloud.apply({ put: [resource("a", { inputs: { name: "b" } })], remove: [resource("a")] });
  expect(cloud.all().map(({ inputs }) => inputs)).toEqual([{ name: "b" }]);
});

test.each([
  ["a", { a: "x" }, [["a", "x"]]],
  [
    "a[]",
    { a: ["x", null, "y"] },
    [
      ["a[0]", "x"],
      ["a[2]", "y"],
    ],
  ],
  ["a[].b", { a: [{ b: 1 }, {}, "z", { b: null }] }, [["a[0].b", 1]]],
  [
    "a[].b[]",
    { a: [{ b: [1, 2] }] },
    [
      ["a[0].b[0]", 1],
      ["a[0].b[1]", 2],
    ],
  ],
  ["a.b", { a: "not an object" }, []],
  ["a[]", { a: "not a list" }, []],
  ["a", { a: null }, []],
  ["toString", {}, []],
])("the values at %s of %j", (path, record, found) => {
  expect(valuesAt(record, path).map(({ path: at, value }) => [at, value])).toEqual(found);
});
