import { parseOptions } from "./options.ts";

const SUITES = ["cdk", "cache"];

describe("parseOptions", () => {
  it("measures everything in full when nothing is asked for", () => {
    expect(parseOptions([], SUITES)).toEqual({
      only: [],
      quick: false,
      json: null,
      keep: false,
      help: false,
    });
  });

  it("takes several suites", () => {
    expect(parseOptions(["--only", "cdk", "--only=cache"], SUITES).only).toEqual(["cdk", "cache"]);
  });

  it.each([["--only", "cdkk"], ["--fast"], ["cdk"]])("refuses %s %s", (...args) => {
    expect(() => parseOptions(args, SUITES)).toThrow(
      expect.objectContaining({ code: "BENCH_USAGE" }),
    );
  });
});
