import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { AtollError, type Problem } from "@atoll/core";
import { locateProblems, type OrganizationDefinition } from "@atoll/organization";

import { problemsOfLoading } from "./loading-problems.ts";
import { resolveAtollFrom } from "./resolve-atoll.ts";
import { workspacePath, workspaceRoot } from "./workspace-root.ts";

/** An organization file as it was found. */
export interface LoadedOrganization {
  /** Null when the file could not be evaluated; `problems` says why. */
  readonly definition: OrganizationDefinition | null;
  /** Its problems, each with its line where that is known. */
  readonly problems: readonly Problem[];
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
}

/**
 * Evaluates an organization file. A file that does not parse, or whose code throws, comes back as problems with file
 * and line.
 *
 * @throws AtollError `ORGANIZATION_FILE_MISSING` when there is no such file
 */
export async function loadOrganization(file: string): Promise<LoadedOrganization> {
  const full = resolve(file);
  if (!existsSync(full)) {
    throw new AtollError("ORGANIZATION_FILE_MISSING", `There is no organization file ${full}.`);
  }
  const text = readFileSync(full, "utf8");
  const root = workspaceRoot();
  resolveAtollFrom(full, root);
  try {
    const loaded = (await import(pathToFileURL(full).href)) as { readonly default?: unknown };
    const definition = loaded.default as Partial<OrganizationDefinition> | undefined;
    if (definition === undefined || !Array.isArray(definition.problems)) {
      throw new AtollError(
        "ORGANIZATION_NOT_DEFINED",
        "it does not export by default what defineOrganization returns",
      );
    }
    const problems = locateProblems(definition.problems, workspacePath(full, root), text);
    return { definition: definition as OrganizationDefinition, problems, file: full, text };
  } catch (error) {
    return { definition: null, problems: [problemsOfLoading(error, full, root)], file: full, text };
  }
}
