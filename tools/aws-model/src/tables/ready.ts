import { generate, locateTables, readManifest, writeTables } from "./store.ts";
import type { TableManifest } from "./format.ts";
import type { GenerationProgress } from "./generate.ts";

/** Which cache the tables are in. */
export interface TableOptions {
  /** @default `node_modules/.cache/atoll/aws-model` beside the installed `@pulumi/aws` */
  readonly cacheFolder?: string;
}

/** Whether the tables of the installed `@pulumi/aws` have been generated already. */
export function tablesReady(options: TableOptions = {}): boolean {
  return readManifest(locateTables(options.cacheFolder)) !== undefined;
}

/**
 * Generates the tables of the installed `@pulumi/aws`, in a second or two, so that the first
 * preview need not. Returns what they hold.
 *
 * @throws AtollError `AWS_PACKAGE_MISSING` when `@pulumi/aws` is not installed
 */
export function generateTables(
  options: TableOptions & { readonly progress?: GenerationProgress } = {},
): TableManifest {
  const location = locateTables(options.cacheFolder);
  return writeTables(location, generate(location, options.progress));
}
