import { assertCompiler } from "./pulumi-program.ts";

const by = (compiledBy: unknown) => ({ compiledBy });

test("a peer that ts-node compiled, type check included, is what the comparison is about", () => {
  expect(() => {
    assertCompiler({ a: by("ts-node"), b: by("ts-node") });
  }).not.toThrow();
});

test.each([["not ts-node"], ["ts-node, transpile only"], [undefined], [null]])(
  "one account compiled otherwise (%s) spoils the comparison, and is named",
  (compiledBy) => {
    expect(() => {
      assertCompiler({ a: by("ts-node"), b: by(compiledBy) });
    }).toThrow(
      expect.objectContaining({
        code: "BENCH_PEER_WITHOUT_TS_NODE",
        message: expect.stringMatching(/^b: /mu) as string,
      }) as Error,
    );
  },
);
