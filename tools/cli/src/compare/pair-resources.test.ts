import { resource, urnOf } from "../testing/previews.ts";
import { pairResources } from "./pair-resources.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const COMPONENT = "atoll:networking:Vpc";

/** Names of the pairs: old and new. */
function pairs(
  before: readonly ReturnType<typeof resource>[],
  after: readonly ReturnType<typeof resource>[],
) {
  return pairResources(before, after).map(({ was, is }) => [was?.name, is?.name]);
}

const old = resource("dev", GROUP, "old");

test.each([
  ["a URN", old.urn],
  ["a name", { name: "old" }],
  ["a name and a parent", { name: "old", parent: urnOf("dev", ["pulumi:pulumi:Stack"], "x") }],
  ["no parent", { name: "old", noParent: true }],
])("an alias by %s", (_name, alias) => {
  expect(pairs([old], [resource("dev", GROUP, "new", { options: { aliases: [alias] } })])).toEqual([
    ["old", "new"],
  ]);
});

test("without an alias that fits, one went and one came", () => {
  const options = { aliases: [{ name: "other" }, { name: "old", type: "aws:ec2/vpc:Vpc" }] };
  expect(pairs([old], [resource("dev", GROUP, "new", { options })])).toEqual([
    ["old", undefined],
    [undefined, "new"],
  ]);
});

test("what is still there under its own name is not taken, nor is anything taken twice", () => {
  const options = { aliases: [{ name: "old" }] };
  const heirs = ["a", "b"].map((name) => resource("dev", GROUP, name, { options }));
  expect(pairs([old], [old, ...heirs])).toEqual([
    ["old", "old"],
    [undefined, "a"],
    [undefined, "b"],
  ]);
  expect(pairs([old], heirs)).toEqual([
    ["old", "a"],
    [undefined, "b"],
  ]);
});

test("children go along with a parent of another type, and with its name where theirs begins with it", () => {
  const before = [
    resource("dev", "atoll:old:Vpc", "main"),
    resource("dev", GROUP, "main-a", { parents: ["atoll:old:Vpc"] }),
    resource("dev", GROUP, "own", { parents: ["atoll:old:Vpc"] }),
  ];
  const parent = urnOf("dev", [COMPONENT], "core");
  const aliases = [{ name: "main", type: "atoll:old:Vpc" }];
  const child = (name: string) => resource("dev", GROUP, name, { parents: [COMPONENT], parent });
  const after = [
    // A child may come before its parent: the order is that of the URNs.
    child("core-a"),
    child("own"),
    resource("dev", COMPONENT, "core", { options: { aliases } }),
  ];
  expect(pairs(before, after)).toEqual([
    ["main-a", "core-a"],
    ["own", "own"],
    ["main", "core"],
  ]);
});
