import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseTimes, runCommand } from "./run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "atoll-bench-test-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const command = (script: string) => ({
  program: process.execPath,
  args: ["-e", script],
  cwd: folder,
  env: { PATH: process.env["PATH"] ?? "" },
  stdout: join(folder, "stdout"),
  stderr: join(folder, "stderr"),
});

describe("parseTimes", () => {
  it("takes the children's line, user and system together", () => {
    expect(parseTimes("0m0.01s 0m0.02s\n1m2.50s 0m0.25s\n")).toBeCloseTo(62.75);
  });

  it("reads a decimal comma, which some shells print", () => {
    expect(parseTimes("0m0,000s 0m0,000s\n0m1,250s 0m0,500s\n")).toBeCloseTo(1.75);
  });
});

describe("runCommand", () => {
  it("keeps the command's output and finds what it used", async () => {
    const script = "const a = Buffer.alloc(6e7, 1); setTimeout(() => console.log(a.length), 300)";
    const sample = await runCommand(command(script), true);
    expect(readFileSync(join(folder, "stdout"), "utf8")).toBe("60000000\n");
    expect(sample.seconds).toBeGreaterThan(0.3);
    expect(sample.cpuSeconds).toBeGreaterThan(0);
    expect(sample.peakPssMiB).toBeGreaterThan(57);
  });

  it("does not look at the memory of a timed run", async () => {
    expect((await runCommand(command(""), false)).peakPssMiB).toBeNull();
  });

  it("fails with the end of stderr when the command does", async () => {
    const run = runCommand(command("console.error('the reason'); process.exit(3)"), false);
    await expect(run).rejects.toMatchObject({
      code: "BENCH_COMMAND_FAILED",
      message: expect.stringMatching(/exited with 3[^]*the reason/) as unknown,
    });
  });

  it("fails when there is no such command", async () => {
    const run = runCommand({ ...command(""), program: "/no/such/program" }, false);
    await expect(run).rejects.toMatchObject({ code: "BENCH_COMMAND_FAILED" });
  });
});
