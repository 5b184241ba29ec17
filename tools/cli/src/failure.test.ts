import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AtollError, ProblemError } from "@atoll/core";

import { UsageError } from "./errors.ts";
import { handleFailure } from "./failure.ts";
import { plainPaint } from "./render/paint.ts";
import { problem } from "./testing/previews.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atoll-failure-test-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function fail(error: unknown, debug = false) {
  let said = "";
  const io = {
    err: (text: string) => {
      said += text;
    },
    errorPaint: plainPaint,
  };
  const crash = { error, doing: "previewing network", argv: ["preview"] };
  const exitCode = handleFailure(crash, io, { debug, temporaryFolder: folder });
  return { said, exitCode };
}

test("wrong usage is 2, with what to do", () => {
  expect(fail(new UsageError("UNKNOWN_STACK", 'there is no stack "x"', "Try y."))).toEqual({
    said: 'atoll: there is no stack "x"\nTry y.\n',
    exitCode: 2,
  });
});

test("a missing organization file is 2", () => {
  const error = new AtollError("ORGANIZATION_FILE_MISSING", "There is no file x.ts.");
  const { said, exitCode } = fail(error);
  expect(exitCode).toBe(2);
  expect(said).toContain("atoll: there is no file x.ts\n");
});

test("problems that were thrown are shown as problems: 1", () => {
  const { said, exitCode } = fail(new ProblemError([problem("A", "accounts[0]")]));
  expect(exitCode).toBe(1);
  expect(said).toContain("✖ error A  accounts[0]");
});

test("a crash is 3 and prints the causes, what was being done and where the stack is, not the stack", () => {
  const cause = new Error("disk full");
  const { said, exitCode } = fail(new Error("cannot write", { cause }));
  expect(exitCode).toBe(3);
  expect(said).toContain("atoll: failed while previewing network: cannot write (Error)");
  expect(said).toContain("  caused by: disk full (Error)");
  expect(said).not.toContain("    at ");
  const log = /The full report is in (.*)\.$/m.exec(said)?.[1] ?? "";
  expect(log.startsWith(folder)).toBe(true);
  expect(readFileSync(log, "utf8")).toMatch(
    /command: atoll preview[^]*cannot write[^]*    at [^]*disk full/,
  );
});

test("debugging prints the stack", () => {
  expect(fail(new Error("broken"), true).said).toContain("    at ");
});

test("a chain of causes that bites its tail ends", () => {
  const error = new Error("round");
  error.cause = error;
  expect(fail(error).said.match(/round/g)).toHaveLength(1);
});
