import { checkTags, identityTags, tagLimits } from "./tags.ts";

const codes = (tags: Record<string, string>) =>
  checkTags(tags, "tags").map(({ code, severity, path }) => [code, severity, path]);

test("good tags have no problem, Atoll's own among them", () => {
  expect(codes({ owner: "platform", "cost centre": "a/b:c=d+e@f_g.h-1", leer: "" })).toEqual([]);
  expect(codes(Object.fromEntries(Object.values(identityTags).map((key) => [key, "x"])))).toEqual(
    [],
  );
  expect(codes({ straße: "東京" })).toEqual([]);
});

test("everything wrong is said at once, sorted by key", () => {
  expect(codes({ "z!": "é!", "AWS:x": "v", "": "x".repeat(257) })).toEqual([
    ["TAG_KEY_LENGTH", "error", "tags."],
    ["TAG_VALUE_LENGTH", "error", "tags."],
    ["TAG_KEY_RESERVED", "error", "tags.AWS:x"],
    ["TAG_KEY_CHARACTERS", "error", "tags.z!"],
    ["TAG_VALUE_CHARACTERS", "error", "tags.z!"],
  ]);
});

test("the limits themselves are allowed, one more is not", () => {
  expect(codes({ ["k".repeat(128)]: "v".repeat(256) })).toEqual([]);
  expect(codes({ ["k".repeat(129)]: "" })[0]?.[0]).toBe("TAG_KEY_LENGTH");
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, ""]));
  expect(codes(many(tagLimits.tagsPerResource))).toEqual([]);
  expect(codes(many(tagLimits.tagsPerResource + 1))).toEqual([["TAG_COUNT", "error", "tags"]]);
});

test("characters count, not UTF-16 units", () => {
  expect(codes({ ["𝒳".repeat(128)]: "" })).toEqual([]);
});

test("keys that differ by case alone are warned about, because IAM folds them", () => {
  expect(codes({ Owner: "a", owner: "b" })).toEqual([["TAG_KEY_CASE", "warning", "tags.owner"]]);
});
