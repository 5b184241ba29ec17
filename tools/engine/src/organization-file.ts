import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import module from "node:module";
import { pathToFileURL } from "node:url";

import { AtollError, type Problem } from "@atoll/core";
import { locateProblems, type OrganizationDefinition } from "@atoll/organization";

import { problemsOfLoading } from "./loading-problems.ts";
import { workspaceRoot } from "./workspace-root.ts";

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
        "The file does not export by default what defineOrganization returns.",
      );
    }
    const problems = locateProblems(definition.problems as readonly Problem[], full, text);
    return { definition: definition as OrganizationDefinition, problems, file: full, text };
  } catch (error) {
    return { definition: null, problems: [problemsOfLoading(error, full, root)], file: full, text };
  }
}

let hooked = false;

/** Lets a file outside the workspace import `@atoll/…` as if it stood at the workspace's root. */
export function resolveAtollFrom(file: string, root: string): void {
  if (hooked || dirname(file).startsWith(root + sep) || dirname(file) === root) return;
  hooked = true;
  const parentURL = pathToFileURL(resolve(root, "package.json")).href;
  module.registerHooks({
    resolve: (specifier, context, next) => {
      if (!/^@(?:atoll|pulumi)\//u.test(specifier)) return next(specifier, context);
      try {
        return next(specifier, context);
      } catch {
        return next(specifier, { ...context, parentURL });
      }
    },
  });
}
