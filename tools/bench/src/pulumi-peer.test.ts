import { countTypes, MAIN_RESOURCES } from "./content.ts";
import { checkReport } from "./pulumi-peer.ts";

const types = countTypes(
  MAIN_RESOURCES.flatMap(({ perAccount, pulumi }) =>
    Array.from({ length: perAccount }, () => pulumi),
  ),
);
const report = (compiledBy: string, messages: readonly string[] = []) => ({
  stacks: { "bench-0001": { types, outputs: { compiledBy } } },
  messages,
});
const check = (given: ReturnType<typeof report>, accounts = 1) => {
  try {
    checkReport(given, accounts);
    return "fine";
  } catch (error) {
    return error;
  }
};

describe("checkReport", () => {
  it("takes a program that ts-node compiled and type-checked", () => {
    expect(check(report("ts-node"))).toBe("fine");
  });

  it.each(["not ts-node", "ts-node, transpile only"])("refuses a program run by %s", (by) => {
    expect(check(report(by))).toMatchObject({ code: "BENCH_PEER_WITHOUT_TS_NODE" });
  });

  it("refuses a program that logged an error", () => {
    const given = report("ts-node", ["no such property"]);
    expect(check(given)).toMatchObject({ code: "BENCH_PEER_COMPLAINED" });
  });

  it("refuses a run that left accounts out", () => {
    expect(check(report("ts-node"), 2)).toMatchObject({ code: "BENCH_CONTENT_DIFFERS" });
  });
});
