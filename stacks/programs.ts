import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { AtollError, type Problem } from "@atoll/core";
import type {
  Organization,
  ProgramManifest,
  StackDefinition,
  UnitDefinition,
} from "@atoll/organization";

/** Which program is meant: that of a kind of account, or that of a unit. */
export type ProgramName = { readonly kind: string } | { readonly unit: string };

/** A program that has been loaded. */
export interface LoadedProgram {
  /** Absolute path of its file. */
  readonly file: string;
  readonly manifest: ProgramManifest;
  readonly definition: StackDefinition | UnitDefinition;
}

/** Evaluates a file and returns its exports. */
export type ImportFile = (file: string) => Promise<{ readonly default?: unknown }>;

const NAME = /^[a-z][a-z0-9-]*$/;

/**
 * Where a program is: for a kind `<folder of the organization file>/<kind>/index.ts`, else Atoll's own
 * `stacks/<kind>/index.ts`; for a unit `<folder of the organization file>/units/<unit>/index.ts`.
 *
 * @returns an absolute path; null when there is no such file
 */
export function programFile(organizationFile: string, name: ProgramName): string | null {
  const folder = path.dirname(path.resolve(organizationFile));
  const candidates =
    "unit" in name
      ? [path.join(folder, "units", name.unit, "index.ts")]
      : [folder, import.meta.dirname].map((each) => path.join(each, name.kind, "index.ts"));
  if (!NAME.test("unit" in name ? name.unit : name.kind)) return null;
  return candidates.find((file) => existsSync(file)) ?? null;
}

/**
 * Loads the programs that an organization's accounts and units call for. One that has no file is left out: planning the
 * stacks says so.
 *
 * Problem codes: `PROGRAM_DOES_NOT_LOAD`, `PROGRAM_INVALID`.
 */
export async function loadPrograms(
  organization: Pick<Organization, "accounts">,
  organizationFile: string,
  importFile: ImportFile = importByUrl,
): Promise<{ readonly programs: readonly LoadedProgram[]; readonly problems: readonly Problem[] }> {
  const kinds = new Set(organization.accounts.map(({ kind }): string => kind));
  const units = new Set(organization.accounts.flatMap((account) => account.units));
  const unitNames = new Set([...units].map(({ name }) => name));
  const names: ProgramName[] = [
    ...[...kinds].map((kind) => ({ kind })),
    ...[...unitNames].map((unit) => ({ unit })),
  ];
  const programs: LoadedProgram[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    const file = programFile(organizationFile, name);
    if (file === null) continue;
    try {
      const definition = programDefinition((await importFile(file)).default, name);
      programs.push({ file, definition, manifest: manifestOf(definition) });
    } catch (error) {
      problems.push(loadingProblem(name, file, error));
    }
  }
  return { programs, problems };
}

function importByUrl(file: string): Promise<{ readonly default?: unknown }> {
  return import(pathToFileURL(file).href) as Promise<{ readonly default?: unknown }>;
}

function manifestOf(definition: StackDefinition | UnitDefinition): ProgramManifest {
  return "unit" in definition
    ? { kind: "", unit: definition.unit, needs: definition.needs }
    : { kind: definition.kind, unit: null, needs: definition.needs };
}

/**
 * The program that a file exports by default.
 *
 * @throws AtollError `PROGRAM_INVALID` when it is not the program that the file's place promises
 */
export function programDefinition(
  exported: unknown,
  name: ProgramName,
): StackDefinition | UnitDefinition {
  const found = (typeof exported === "object" ? exported : null) as {
    readonly [key: string]: unknown;
  } | null;
  const [property, expected] = "unit" in name ? ["unit", name.unit] : ["kind", name.kind];
  const define = "unit" in name ? "defineUnit" : "defineStack";
  if (found === null || typeof found["program"] !== "function" || !Array.isArray(found["needs"])) {
    throw new AtollError("PROGRAM_INVALID", `it does not export by default what ${define} returns`);
  }
  if (found[property] !== expected) {
    const message = `its ${property} is ${JSON.stringify(found[property])}, not "${expected}"`;
    throw new AtollError("PROGRAM_INVALID", message);
  }
  return exported as StackDefinition | UnitDefinition;
}

function loadingProblem(name: ProgramName, file: string, error: unknown): Problem {
  const invalid = error instanceof AtollError && error.code === "PROGRAM_INVALID";
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: invalid ? "PROGRAM_INVALID" : "PROGRAM_DOES_NOT_LOAD",
    severity: "error",
    path: "unit" in name ? `units.${name.unit}` : `kinds.${name.kind}`,
    message: `The program ${file} cannot be used: ${reason}.`,
    got: file,
    expected: `a file whose default export is a program of ${"unit" in name ? name.unit : name.kind}`,
    fix: "Correct the program.",
  };
}
