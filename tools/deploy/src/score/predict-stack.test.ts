import { hash } from "node:crypto";

import { stableJson } from "@atoll/core";

import type { DeclaredResource } from "../recovery/declared.ts";
import { declaredVpc, provider, vpc, vpcUrn } from "../recovery/testing/states.ts";
import type { StateResource } from "../state/deployment.ts";

import { predictStack } from "./predict-stack.ts";

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

function predict(declared: readonly DeclaredResource[], resources: readonly StateResource[]) {
  const deployment = { resources: [provider, ...resources] };
  return Object.fromEntries(predictStack({ resources: declared }, { version: 3, deployment }));
}

const declared = (name: string, inputs: object, more: Partial<DeclaredResource> = {}) =>
  declaredVpc(name, { inputs, ...more });

const NETWORK = { cidrBlock: "10.0.0.0/16" };

test("what is new is created or imported, what is gone is deleted, what is only read does not count", () => {
  const external = declared("read", {}, { options: { external: true } });
  const imported = declared("taken", NETWORK, { options: { import: "vpc-1" } });
  expect(predict([declared("new", NETWORK), imported, external], [vpc("old")])).toEqual({
    [vpcUrn("new")]: "create",
    [vpcUrn("taken")]: "import",
    [vpcUrn("old")]: "delete",
  });
});

test("inputs decide: the same, in place, or replaced", () => {
  const old = vpc("a", { inputs: { ...NETWORK, tags: { a: "1" } } });
  expect(predict([declared("a", { ...NETWORK, tags: { a: "1" } })], [old])[old.urn]).toBe("same");
  expect(predict([declared("a", { ...NETWORK, tags: { a: "2" } })], [old])[old.urn]).toBe("update");
  expect(
    predict([declared("a", { cidrBlock: "10.1.0.0/16", tags: { a: "1" } })], [old])[old.urn],
  ).toBe("replace");
});

test("what the provider filled in and nobody asked for is no change", () => {
  const inputs = { ...NETWORK, instanceTenancy: "default", __defaults: ["instanceTenancy"] };
  const old = vpc("a", { inputs });
  expect(predict([declared("a", NETWORK)], [old])[old.urn]).toBe("same");
});

test("inputs that are ignored do not count, and those that force a replacement do", () => {
  const old = vpc("a", { inputs: { ...NETWORK, tags: { a: "1" } } });
  const tagged = (options: DeclaredResource["options"]) =>
    predict([declared("a", { ...NETWORK, tags: { a: "2" } }, { options })], [old])[old.urn];
  expect(tagged({ ignoreChanges: ["tags"] })).toBe("same");
  expect(tagged({ ignoreChanges: ["tags.a"] })).toBe("same");
  expect(tagged({ replaceOnChanges: ["tags"] })).toBe("replace");
});

test("a resource whose creation is not complete is updated, one that is deleted already is created", () => {
  const half = vpc("a", { inputs: NETWORK, initErrors: ["not ready"] });
  expect(predict([declared("a", NETWORK)], [half])[half.urn]).toBe("update");
  const gone = vpc("a", { inputs: NETWORK, pendingReplacement: true });
  expect(predict([declared("a", NETWORK)], [gone])[gone.urn]).toBe("create");
});

describe("a reference", () => {
  const subnetUrn = "urn:pulumi:shop::acme::aws:ec2/subnet:Subnet::s";
  const subnetIn = (vpcId: string) => ({ vpcId, cidrBlock: "10.0.0.0/24" });
  const state = (id: string): StateResource[] => [
    vpc("a", { id, inputs: NETWORK, outputs: { arn: `arn:aws:ec2:x:1:vpc/${id}` } }),
    { ...vpc("s"), urn: subnetUrn, type: "aws:ec2/subnet:Subnet", inputs: subnetIn(id) },
  ];
  const program = (network: object): DeclaredResource[] => [
    declared("a", network, {
      outputs: { id: "vpc-planned", arn: "arn:aws:ec2:x:1:vpc/vpc-planned" },
    }),
    { ...declared("s", subnetIn("vpc-planned")), urn: subnetUrn, type: "aws:ec2/subnet:Subnet" },
  ];

  test("is the same when planned and real ids differ", () => {
    expect(predict(program(NETWORK), state("vpc-real"))).toEqual({
      [vpcUrn("a")]: "same",
      [subnetUrn]: "same",
    });
  });

  test("to what is replaced changes too", () => {
    const other = { cidrBlock: "10.1.0.0/16" };
    expect(predict(program(other), state("vpc-real"))).toEqual({
      [vpcUrn("a")]: "replace",
      [subnetUrn]: "replace",
    });
  });
});

describe("values that cannot be seen", () => {
  const tags = (before: unknown, after: unknown) => {
    const old = vpc("a", { inputs: { ...NETWORK, tags: { a: before } } });
    return predict([declared("a", { ...NETWORK, tags: { a: after } })], [old])[old.urn];
  };
  const hashed = { $secret: hash("sha256", stableJson("canary"), "hex") };

  test("an unknown may be what it was", () => {
    expect(tags("1", { $unknown: true })).toBe("same");
    expect(tags(undefined, { $unknown: true })).toBe("update");
  });

  test("a secret is compared by hash where it can be, and may be what it was where not", () => {
    expect(tags({ ...SECRET, plaintext: '"canary"' }, hashed)).toBe("same");
    expect(tags({ ...SECRET, plaintext: '"other"' }, hashed)).toBe("update");
    expect(tags({ ...SECRET, ciphertext: "v1:x:y" }, hashed)).toBe("same");
  });

  test("a file is compared by its hash, a folder may be what it was", () => {
    const asset = { $asset: { path: "a.zip", sha256: "11" } };
    const file = (sum: string) => ({
      "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
      hash: sum,
      path: "a.zip",
    });
    expect(tags(file("11"), asset)).toBe("same");
    expect(tags(file("22"), asset)).toBe("update");
    const archive = {
      "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7",
      hash: "33",
      path: "a",
    };
    expect(tags(archive, asset)).toBe("same");
  });
});

test("no state at all: everything is created", () => {
  expect([...predictStack({ resources: [declared("a", NETWORK)] }, null).values()]).toEqual([
    "create",
  ]);
});
