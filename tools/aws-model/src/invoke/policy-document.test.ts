import { UNKNOWN } from "../values.ts";
import type { PlainRecord } from "../values.ts";
import { policyDocument } from "./policy-document.ts";

function render(args: PlainRecord): string {
  const json = policyDocument(args)?.["json"];
  if (typeof json !== "string") throw new Error("no text");
  return json;
}

test("single values stand alone, sets are sorted backwards, as the provider writes them", () => {
  const json = render({
    statements: [
      {
        sid: "Read",
        actions: ["s3:GetObject", "s3:ListBucket"],
        resources: ["arn:aws:s3:::a"],
        principals: [{ type: "AWS", identifiers: ["111111111111", "222222222222"] }],
        conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["true"] }],
      },
    ],
  });
  expect(json).toBe(`{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": [
        "s3:ListBucket",
        "s3:GetObject"
      ],
      "Resource": "arn:aws:s3:::a",
      "Principal": {
        "AWS": [
          "222222222222",
          "111111111111"
        ]
      },
      "Condition": {
        "Bool": {
          "aws:SecureTransport": "true"
        }
      }
    }
  ]
}`);
});

test.each<[reason: string, args: PlainRecord, statement: unknown]>([
  [
    "`&{` becomes a policy variable",
    { actions: ["s3:*"], resources: ["arn:aws:s3:::home/&{aws:username}/*"] },
    { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::home/${aws:username}/*" },
  ],
  [
    "anyone is written as a star",
    { effect: "Deny", principals: [{ type: "*", identifiers: ["*"] }] },
    { Effect: "Deny", Principal: "*" },
  ],
  [
    "every AWS principal is not, for trust policies tell them apart",
    { principals: [{ type: "AWS", identifiers: ["*"] }] },
    { Effect: "Allow", Principal: { AWS: "*" } },
  ],
  [
    "principals of one type are put together",
    {
      principals: [
        { type: "Service", identifiers: ["a.amazonaws.com"] },
        { type: "Service", identifiers: ["b.amazonaws.com"] },
      ],
    },
    { Effect: "Allow", Principal: { Service: ["a.amazonaws.com", "b.amazonaws.com"] } },
  ],
  [
    "conditions of one test are put together, values in their order",
    {
      conditions: [
        { test: "StringLike", variable: "b", values: ["2", "1"] },
        { test: "StringLike", variable: "a", values: ["x"] },
      ],
    },
    { Effect: "Allow", Condition: { StringLike: { a: "x", b: ["2", "1"] } } },
  ],
])("%s", (_reason, statement, written) => {
  expect(JSON.parse(render({ statements: [statement] }))).toEqual({
    Version: "2012-10-17",
    Statement: [written],
  });
});

test("overrides replace statements of the same Sid, sources come first", () => {
  const source = { Statement: [{ Sid: "A", Effect: "Allow", Action: ["a:1", "a:2"] }] };
  const override = { Statement: { Sid: "B", Effect: "Deny", NotAction: "b:2" } };
  const json = render({
    sourcePolicyDocuments: [JSON.stringify(source)],
    overridePolicyDocuments: [JSON.stringify(override)],
    statements: [{ sid: "B", actions: ["b:1"] }],
  });
  expect(JSON.parse(json)).toMatchObject({
    Statement: [
      { Sid: "A", Action: ["a:1", "a:2"] },
      { Sid: "B", Effect: "Deny", NotAction: "b:2" },
    ],
  });
});

test("a given document keeps its meaning through the provider's forms", () => {
  const source = {
    Version: "2008-10-17",
    Id: "id",
    Statement: {
      Effect: "Allow",
      Principal: { AWS: ["1", "2"] },
      Condition: { Bool: { x: true }, StringEquals: { y: ["z"] } },
    },
  };
  expect(JSON.parse(render({ sourcePolicyDocuments: [JSON.stringify(source)] }))).toEqual({
    Version: "2012-10-17",
    Id: "id",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: ["2", "1"] },
        Condition: { Bool: { x: "true" }, StringEquals: { y: "z" } },
      },
    ],
  });
});

test("characters that Go escapes are escaped", () => {
  const json = render({ statements: [{ actions: ["<a>&"] }] });
  expect(json).toContain("\\u003ca\\u003e\\u0026");
});

test("unknown arguments make the text unknown, and what is no JSON has no answer", () => {
  const value = policyDocument({ statements: [{ resources: [UNKNOWN] }] });
  expect(value).toMatchObject({ id: UNKNOWN, json: UNKNOWN, minifiedJson: UNKNOWN });
  expect(policyDocument({ sourcePolicyDocuments: ["{"] })).toBeUndefined();
});

test("the minified text says the same", () => {
  const value = policyDocument({ policyId: "x", statements: [{ actions: ["a:*"] }] });
  expect(value?.["minifiedJson"]).toBe(
    '{"Version":"2012-10-17","Id":"x","Statement":[{"Effect":"Allow","Action":"a:*"}]}',
  );
});
