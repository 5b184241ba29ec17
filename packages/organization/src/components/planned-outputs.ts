import { readFileSync } from "node:fs";

import * as pulumi from "@pulumi/pulumi";
import { AtollError } from "@atoll/core";

/** The environment variable that names a file of planned outputs: `{ "<stack>": { "<output>": value } }`. */
export const PLANNED_FILE_VARIABLE = "ATOLL_PLANNED";

/**
 * The value that a preview computed for an output of a stack that is not deployed yet; unknown where there is none. To
 * be called in a dry run only, so that a planned value is never applied.
 *
 * @throws AtollError `PLANNED_FILE_INVALID` when the file cannot be read or is no such JSON
 */
export function plannedOutput(stack: string, name: string): unknown {
  const file = process.env[PLANNED_FILE_VARIABLE];
  if (file === undefined || file === "") return pulumi.unknown;
  const outputs = property(readPlanned(file), stack);
  const value = property(outputs, name);
  return value === undefined ? pulumi.unknown : revive(value);
}

function readPlanned(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new AtollError(
      "PLANNED_FILE_INVALID",
      `${PLANNED_FILE_VARIABLE} names ${file}, which cannot be read as JSON: write it again, or unset the variable`,
      { cause },
    );
  }
}

/** Values as previews print them: what a preview does not know or does not tell is unknown here. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== "object" || value === null) return value;
  if (Object.hasOwn(value, "$unknown") || Object.hasOwn(value, "$secret")) return pulumi.unknown;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
