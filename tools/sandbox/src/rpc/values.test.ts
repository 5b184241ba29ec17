import { UNKNOWN } from "@atoll/aws-model";
import * as sdk from "@pulumi/pulumi/runtime/rpc.js";
import fc from "fast-check";

import {
  ARCHIVE,
  ASSET,
  holdsSecret,
  keepSecrets,
  OUTPUT_VALUE,
  RESOURCE,
  SECRET,
  SIGNATURE,
  toPlain,
  toPlainRecord,
  toWire,
  toWireRecord,
  UNKNOWN_TEXT,
  withoutSecrets,
} from "./values.ts";

const secret = (value: string) => ({ [SIGNATURE]: SECRET, value });

test("the marks are those of the SDK that is installed", () => {
  expect([UNKNOWN_TEXT, SIGNATURE, SECRET, ASSET, ARCHIVE, RESOURCE, OUTPUT_VALUE]).toEqual([
    sdk.unknownValue,
    sdk.specialSigKey,
    sdk.specialSecretSig,
    sdk.specialAssetSig,
    sdk.specialArchiveSig,
    sdk.specialResourceSig,
    sdk.specialOutputValueSig,
  ]);
});

describe("toPlain", () => {
  it("opens secrets, resolves references and knows unknowns, at any depth", () => {
    const output = { [SIGNATURE]: OUTPUT_VALUE };
    const reference = { [SIGNATURE]: RESOURCE, urn: "urn", id: "vpc-1" };
    expect(toPlain([secret("x"), UNKNOWN_TEXT, output, { a: reference }])).toEqual([
      "x",
      UNKNOWN,
      UNKNOWN,
      { a: "vpc-1" },
    ]);
  });

  it("gives back every value that has no mark", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: true }), (value) => {
        expect(toWire(toPlain(value as never))).toEqual(value);
      }),
    );
  });

  it("keeps an asset by its hash, without its content", () => {
    const wire = { [SIGNATURE]: ASSET, hash: "abc", path: "./x.zip", text: "content" };
    expect(toWire(toPlain(wire))).toEqual({ [SIGNATURE]: ASSET, hash: "abc", path: "./x.zip" });
  });
});

describe("keepSecrets", () => {
  it("marks again what was secret: within objects by key, elsewhere as a whole", () => {
    const question = { a: secret("1"), b: { c: secret("2"), d: "3" }, e: [secret("4")] };
    const answer = toWireRecord(toPlainRecord(question));
    expect(keepSecrets(answer, question)).toEqual({
      a: secret("1"),
      b: { c: secret("2"), d: "3" },
      e: { [SIGNATURE]: SECRET, value: ["4"] },
    });
  });

  it("keeps a secret tag secret in the merged tags too", () => {
    const question = { tags: { key: secret("canary") } };
    const answer = keepSecrets({ tags: { key: "canary" }, tagsAll: { key: "canary" } }, question);
    expect(JSON.stringify(answer["tagsAll"])).toContain(SECRET);
    const whole = keepSecrets(
      { tagsAll: { key: "canary" } },
      { tags: { [SIGNATURE]: SECRET, value: { key: "canary" } } },
    );
    expect(holdsSecret(whole["tagsAll"])).toBe(true);
  });

  it("does not mark twice, nor what is not there", () => {
    const marked = keepSecrets({ a: secret("1") }, { a: secret("1"), b: secret("2") });
    expect(marked).toEqual({ a: secret("1") });
  });
});

describe("withoutSecrets", () => {
  it("takes every secret out of a text, nested and numeric ones too, and leaves the rest", () => {
    const question = {
      a: secret("canary"),
      b: [{ c: secret("canary-long") }],
      d: { [SIGNATURE]: SECRET, value: { e: 4711 } },
      f: "open",
    };
    expect(withoutSecrets("canary, canary-long, 4711, open", question)).toBe(
      "[secret], [secret], [secret], open",
    );
  });
});
