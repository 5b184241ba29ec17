import fc from "fast-check";

import type { Problem } from "@atoll/core";

import { problem } from "../testing/previews.ts";
import { plainPaint } from "./paint.ts";
import { groupProblems, renderProblemGroup, renderProblems } from "./problems.ts";

const nameArbitrary = fc.stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,3})?$/);

describe("groupProblems", () => {
  test("the same problem in several stacks is one group, whatever the stacks are called", () => {
    const found = ["workloads-prod", "workloads-dev"].map((stack) => ({
      stack,
      problem: problem("UNKNOWN_PROPERTY", `${stack}/vpc:cidrBlok`, {
        message: `Stack ${stack} sets a property that nobody knows.`,
      }),
    }));
    const groups = groupProblems(found);
    expect(groups).toHaveLength(1);
    expect(groups[0]?.stacks).toEqual(["workloads-dev", "workloads-prod"]);
    expect(groups[0]?.problem.path).toBe("workloads-dev/vpc:cidrBlok");
  });

  test("a stack's name inside of a longer word is not the stack's name", () => {
    const found = [
      { stack: "dev", problem: problem("A", "devices.x") },
      { stack: "prod", problem: problem("A", "prodices.x") },
    ];
    expect(groupProblems(found)).toHaveLength(2);
  });

  test("the same problem found at two places of the source stays two problems", () => {
    const found = [1, 2].map((line) => ({
      stack: "a",
      problem: problem("A", "x", { source: { file: "f.ts", line } }),
    }));
    expect(groupProblems(found)).toHaveLength(2);
  });

  test("a problem of the organization and one of a stack are not the same", () => {
    const found = [
      { stack: null, problem: problem("A", "x") },
      { stack: "a", problem: problem("A", "x") },
    ];
    expect(groupProblems(found)).toHaveLength(2);
  });

  test("errors come before warnings", () => {
    const found = [
      { stack: "a", problem: problem("A", "a", { severity: "warning" }) },
      { stack: "a", problem: problem("B", "b") },
    ];
    expect(groupProblems(found).map((group) => group.problem.code)).toEqual(["B", "A"]);
  });

  test("nothing is lost and the order of what was found does not matter", () => {
    const problemArbitrary: fc.Arbitrary<Problem> = fc
      .record({
        code: fc.constantFrom("A", "B"),
        path: fc.constantFrom("x", "y"),
        severity: fc.constantFrom("error" as const, "warning" as const),
      })
      .map(({ code, path, severity }) => problem(code, path, { severity }));
    const found = fc.array(
      fc.record({ stack: fc.option(nameArbitrary), problem: problemArbitrary }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(found, fc.integer(), (items, seed) => {
        const groups = groupProblems(items);
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(items.length);
        for (const { stack, problem: item } of items) {
          const group = groups.find(
            (candidate) =>
              candidate.problem.code === item.code &&
              candidate.problem.path === item.path &&
              candidate.problem.severity === item.severity &&
              (stack === null ? candidate.stacks.length === 0 : candidate.stacks.includes(stack)),
          );
          expect(group).toBeDefined();
        }
        const shuffled = [...items].sort((a, b) => hash(a, seed) - hash(b, seed));
        expect(renderProblems(shuffled, plainPaint)).toBe(renderProblems(items, plainPaint));
      }),
    );
  });
});

function hash(value: unknown, seed: number): number {
  return [...JSON.stringify(value)].reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0,
    seed,
  );
}

describe("renderProblemGroup", () => {
  test("says what, where, what was found, what was expected, and what to do", () => {
    const text = renderProblemGroup(
      {
        problem: problem("UNKNOWN_PROPERTY", "network/routes:routes[0].gatewayIdd", {
          message: "Nobody knows `gatewayIdd`.",
          got: "gatewayIdd",
          expected: "one of gatewayId, natGatewayId",
          fix: "Did you mean gatewayId?",
          source: { file: "packages/networking/src/vpc.ts", line: 41 },
        }),
        stacks: ["network", "workloads-dev"],
        remark: "",
        count: 2,
      },
      plainPaint,
    );
    expect(text).toBe(`✖ error UNKNOWN_PROPERTY  network/routes:routes[0].gatewayIdd
  in 2 stacks: network, workloads-dev
  Nobody knows \`gatewayIdd\`.
  got      "gatewayIdd"
  expected one of gatewayId, natGatewayId
  fix      Did you mean gatewayId?
  at       packages/networking/src/vpc.ts:41
`);
  });
});
