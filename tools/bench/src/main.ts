// `npm run bench`: see README.md.
import { join } from "node:path";

import { BenchError } from "./errors.ts";
import { HELP, parseOptions } from "./options.ts";
import type { Options } from "./options.ts";
import { killRunning } from "./run-command.ts";
import { runBench } from "./run-bench.ts";
import { cacheSuite } from "./suites/cache.ts";
import { cdkSuite } from "./suites/cdk.ts";
import { growthSuite } from "./suites/growth.ts";
import { leversSuite } from "./suites/levers.ts";
import { pulumiSuite } from "./suites/pulumi.ts";
import { upGrowthSuite } from "./suites/up-growth.ts";
import { upSlowSuite, upSuite } from "./suites/up.ts";
import { createScratch } from "./workspace-copy.ts";

const SUITES = [
  cdkSuite,
  pulumiSuite,
  growthSuite,
  cacheSuite,
  leversSuite,
  upSuite,
  upSlowSuite,
  upGrowthSuite,
];

const output = {
  print: (text: string) => void process.stdout.write(`${text}\n`),
  progress: (line: string) => void process.stderr.write(`bench: ${line}\n`),
};

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(
    args,
    SUITES.map(({ name }) => name),
  );
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  return await measureAll(options);
}

async function measureAll(options: Options): Promise<number> {
  const scratch = createScratch(join(import.meta.dirname, "..", "..", ".."));
  const stop = () => {
    killRunning();
    scratch.remove();
    process.exit(130);
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const chosen = SUITES.filter(
    ({ name }) => options.only.length === 0 || options.only.includes(name),
  );
  try {
    return await runBench(chosen, options, scratch, output);
  } finally {
    if (options.keep) {
      output.progress(`left ${scratch.folder}`);
    } else {
      scratch.remove();
    }
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BenchError)) {
    throw error;
  }
  output.progress(error.message);
  process.exitCode = error.code === "BENCH_USAGE" ? 2 : 1;
}
