import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Contender } from "./alternate.ts";
import { organizationFile, writeOrganization } from "./bench-organization.ts";
import { measure, stdoutFile } from "./bench.ts";
import type { Bench } from "./bench.ts";
import { assertContent, countTypes } from "./content.ts";
import type { TypeCounts } from "./content.ts";
import { BenchError } from "./errors.ts";

/** How Atoll is run. */
export interface AtollOptions {
  readonly accounts: number;
  /** @default "atoll-<accounts>" */
  readonly name?: string;
  /** @default "atoll preview" */
  readonly label?: string;
  /** Answer from the preview cache. @default false */
  readonly cache?: boolean;
  /** Further options of the command. @default none */
  readonly flags?: readonly string[];
  /** @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Prepares a run; its time does not count. @default nothing */
  readonly before?: () => void;
}

/**
 * The file of Atoll's command in the copy of the checkout.
 *
 * @throws BenchError `BENCH_NO_CLI` when `node_modules/.bin/atoll` is missing.
 */
export function atollProgram({ scratch }: Bench): string {
  const program = join(scratch.checkout, "node_modules", ".bin", "atoll");
  if (existsSync(program)) return program;
  throw new BenchError(
    "BENCH_NO_CLI",
    "node_modules/.bin/atoll is missing. Run `npm start` first.",
  );
}

/**
 * `atoll preview` of a bench organization, started as a user starts it. The organization's files are written.
 *
 * @throws BenchError `BENCH_NO_CLI` when `node_modules/.bin/atoll` is missing.
 */
export function atoll(bench: Bench, options: AtollOptions): Contender {
  const { accounts, cache = false } = options;
  const { checkout } = bench.scratch;
  const program = atollProgram(bench);
  writeOrganization(checkout, accounts);
  const name = options.name ?? `atoll-${accounts}`;
  const file = organizationFile(accounts);
  const flags = ["--json", ...(cache ? [] : ["--no-cache"]), ...(options.flags ?? [])];
  const line = {
    name,
    words: [program, "preview", "--organization", file, ...flags] as const,
    cwd: checkout,
    env: options.env ?? {},
  };
  return {
    name,
    label: options.label ?? "atoll preview",
    accounts,
    ...(options.before === undefined ? {} : { before: options.before }),
    run: (sampleMemory) => measure(bench, { ...line, words: [...line.words] }, sampleMemory),
  };
}

/** The part of a preview that the bench reads. */
interface PreviewOutput {
  readonly stacks: readonly {
    readonly stack: string;
    readonly kind: string;
    readonly status: string;
    readonly resources: readonly { readonly type: string }[];
  }[];
}

/**
 * Makes sure that the last run of a contender previewed every bench account, with the content that the peers have.
 *
 * @throws BenchError `BENCH_CONTENT_DIFFERS`
 */
export function assertAtollContent(bench: Bench, { name, accounts }: Contender): void {
  const preview = JSON.parse(readFileSync(stdoutFile(bench, name), "utf8")) as PreviewOutput;
  assertContent(name, benchStacks(preview), accounts, "pulumi");
}

/** Resource types of the bench accounts that came out well. */
function benchStacks(preview: PreviewOutput): Readonly<Record<string, TypeCounts>> {
  const stacks = preview.stacks.filter(({ kind, status }) => kind === "bench" && status === "ok");
  return Object.fromEntries(
    stacks.map(({ stack, resources }) => [stack, countTypes(resources.map(({ type }) => type))]),
  );
}

/** Hash of what the last run of a contender printed. */
export function outputHash(bench: Bench, { name }: Pick<Contender, "name">): string {
  return createHash("sha256")
    .update(readFileSync(stdoutFile(bench, name)))
    .digest("hex");
}
