// What `npm test` runs under Node 24, once everything is installed. Its last line on stdout is the closing line.
import { join } from "node:path";
import { inspect } from "node:util";

const root = join(import.meta.dirname, "../../../..");

/** Prints the closing line, alone on the last line, and settles the exit code. */
function close(line: string, failed: boolean): void {
  process.stdout.write(`\n${line}\n`);
  process.exitCode = failed ? 1 : 0;
}

try {
  const { closingLine } = await import("./count.ts");
  const { runTests } = await import("./run-tests.ts");
  const totals = await runTests(root, process.argv.slice(2));
  if (totals.reasons.length > 0) process.stderr.write(`\n${totals.reasons.join("\n")}\n`);
  close(closingLine(totals), totals.failed > 0);
} catch (error) {
  process.stderr.write(`${inspect(error)}\n`);
  close("0 passed, 1 failed", true);
}
