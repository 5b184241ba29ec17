import { execFileSync } from "node:child_process";
import { join } from "node:path";

import type { Preview, StackPreview } from "../preview.ts";
import { workspaceRoot } from "../workspace-root.ts";

/** A fixture's preview: the text as printed, and what it says. */
export interface RanFixture {
  readonly text: string;
  readonly preview: Preview;
  readonly stack: (name: string) => StackPreview;
}

/** Absolute path of a fixture. */
export function fixtureFolder(fixture: string): string {
  return join(import.meta.dirname, "../../fixtures", fixture);
}

/** Previews a fixture in a process of its own, without the cache unless the request says otherwise. */
export function runFixture(
  fixture: string,
  { file = "organization.ts", ...request }: Readonly<Record<string, unknown>> = {},
): RanFixture {
  const organizationFile = join(fixtureFolder(fixture), String(file));
  const text = execFileSync(
    process.execPath,
    [
      join(import.meta.dirname, "run-preview.ts"),
      JSON.stringify({ organizationFile, cache: false, ...request }),
    ],
    {
      cwd: workspaceRoot(),
      encoding: "utf8",
      env: process.env,
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 2 ** 28,
    },
  );
  const preview = JSON.parse(text) as Preview;
  return {
    text,
    preview,
    stack: (name) => {
      const found = preview.stacks.find(({ stack }) => stack === name);
      if (found === undefined) throw new TypeError(`no stack ${name}`);
      return found;
    },
  };
}
