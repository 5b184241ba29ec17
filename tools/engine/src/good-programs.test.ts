import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { fixtureFolder, runFixture, type RanFixture } from "./testing/run-fixture.ts";

describe("programs that use what Pulumi offers", () => {
  let ran: RanFixture;
  beforeAll(() => {
    ran = runFixture("good-programs");
  });

  const resource = (stack: string, name: string) => {
    const found = ran.stack(stack).resources.find((item) => item.name === name);
    if (found === undefined) throw new TypeError(`no resource ${name} in ${stack}`);
    return found;
  };

  test("all of them are previewed without a problem", () => {
    expect(
      ran.preview.stacks.map(({ stack, status, problems }) => [stack, status, problems]),
    ).toEqual([
      ["management", "ok", []],
      ["transforms", "ok", []],
      ["reads", "ok", []],
      ["secrets", "ok", []],
    ]);
  });

  test("transforms run in the engine's order: the parent's, then the stack's", () => {
    expect(resource("transforms", "pair-b").inputs).toMatchObject({ delaySeconds: 20 });
  });

  test("a transform changes inputs and options of what it concerns, and nothing else", () => {
    expect(resource("transforms", "pair-a").inputs).toMatchObject({ displayName: "transformed" });
    expect(resource("transforms", "pair-a").options.protect).toBe(true);
    expect(resource("transforms", "pair-b").options.protect).toBe(true);
    expect(resource("transforms", "plain").options.protect).toBeUndefined();
  });

  test("a child's URN has its parents' types in front", () => {
    expect(resource("transforms", "pair-a").urn).toBe(
      "urn:pulumi:transforms::good-programs::fixture:index:Pair$aws:sns/topic:Topic::pair-a",
    );
    expect(resource("transforms", "pair-a").parent).toBe(resource("transforms", "pair").urn);
  });

  test("what exists keeps its id", () => {
    expect(ran.stack("reads").outputs).toEqual({
      existing: "vpc-0123456789abcdef0",
      imported: "arn:aws:s3:::was-here",
      account: "300000000001",
    });
    expect(resource("reads", "existing").options).toEqual({ external: true });
    expect(resource("reads", "imported").options.import).toBe("was-here");
  });

  test("an asset is named by its path in the workspace and its content", () => {
    const content = readFileSync(join(fixtureFolder("good-programs"), "reads/hello.txt"));
    expect(resource("reads", "file").inputs).toMatchObject({
      source: {
        $asset: {
          path: "tools/engine/fixtures/good-programs/reads/hello.txt",
          sha256: createHash("sha256").update(content).digest("hex"),
        },
      },
    });
    expect(resource("reads", "file").options.aliases).toMatchObject([{ name: "old-file" }]);
  });

  test("a secret appears nowhere, whatever it went through", () => {
    expect(ran.text).not.toContain("canary-in-the-program");
    const secret = { $secret: expect.stringMatching(/^[0-9a-f]{64}$/u) as string };
    const topic = resource("secrets", "topic");
    expect(topic.inputs).toMatchObject({ displayName: secret, tags: { Token: secret } });
    expect(topic.outputs).toMatchObject({ displayName: secret, arn: secret, tagsAll: secret });
    expect(resource("secrets", "group").inputs).toMatchObject({
      ingress: [{ description: secret }],
    });
    expect(ran.stack("secrets").outputs).toEqual({ arn: secret, secret });
  });
});

test("a unit is a stack of its own, with its own account's platform among its needs", () => {
  const { preview, stack } = runFixture("../../../stacks/fixtures/acme", {
    file: "acme.organization.ts",
  });
  const units = preview.stacks.filter(({ unit }) => unit !== null);
  expect(units.length).toBeGreaterThan(0);
  for (const { stack: name, account, unit } of units) {
    expect(name).toBe(`${account}.${String(unit)}`);
    expect(stack(name).status).toBe("ok");
  }
});
