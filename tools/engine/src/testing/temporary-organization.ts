import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import type { Problem } from "@atoll/core";

import type { Preview, StackPreview } from "../preview.ts";
import { workspaceRoot } from "../workspace-root.ts";

/** A preview of a temporary organization. */
export interface TemporaryRun {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly stacks: readonly StackPreview[];
  /** Names of the stacks that came from the cache. */
  readonly cached: readonly string[];
  /** The outputs of a stack, which must have no problem. */
  readonly outputs: (stack: string) => unknown;
}

/** An organization in a folder of its own outside the workspace. */
export interface TemporaryOrganization {
  readonly folder: string;
  /** Where its previews are kept. */
  readonly cacheFolder: string;
  readonly write: (path: string, text: string) => void;
  /** Writes the organization file: an account of each kind, named as the kind. */
  readonly writeOrganization: (
    kinds: readonly string[],
    owners?: Readonly<Record<string, string>>,
  ) => void;
  /** Writes the program of a kind: an expression for its outputs. */
  readonly writeProgram: (kind: string, needs: readonly string[], outputs: string) => void;
  readonly run: (
    request?: Readonly<Record<string, unknown>>,
    environment?: Readonly<Record<string, string>>,
  ) => TemporaryRun;
  readonly remove: () => void;
}

/** Text of a program that returns these outputs. */
export function programText(kind: string, needs: readonly string[], outputs: string): string {
  return `import { defineStack } from "@atoll/organization/stack";
export default defineStack({
  kind: "${kind}",
  needs: ${JSON.stringify(needs)},
  program: (context) => (${outputs}),
});
`;
}

/** Text of an organization file with an account of each kind. */
export function organizationText(
  name: string,
  kinds: readonly string[],
  owners: Readonly<Record<string, string>> = {},
): string {
  const accounts = kinds.map((kind, index) => ({
    name: kind,
    kind,
    id: String(100000000000 + index),
    email: `${kind}@example.com`,
    ou: "Root",
    owner: owners[kind] ?? "platform",
  }));
  return `import { defineOrganization } from "@atoll/organization";
export default defineOrganization({
  name: ${JSON.stringify(name)},
  homeRegion: "eu-west-1",
  organizationalUnits: {},
  environmentVariables: ["ATOLL_CACHED_FIXTURE"],
  defaults: { environment: "test" },
  accounts: ${JSON.stringify(accounts)},
});
`;
}

/** Makes an empty one. */
export function temporaryOrganization(): TemporaryOrganization {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "atoll-organization-")));
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/gu, "");
  const cacheFolder = join(workspaceRoot(), ".atoll", name);
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  return {
    folder,
    cacheFolder,
    write,
    writeOrganization: (kinds, owners) => {
      write("organization.ts", organizationText(name, kinds, owners));
    },
    writeProgram: (kind, needs, outputs) => {
      write(`${kind}/index.ts`, programText(kind, needs, outputs));
    },
    run: (request = {}, environment = {}) => {
      const organizationFile = join(folder, "organization.ts");
      const child = spawnSync(
        process.execPath,
        [
          join(import.meta.dirname, "run-preview.ts"),
          JSON.stringify({ organizationFile, ...request }),
        ],
        {
          cwd: workspaceRoot(),
          encoding: "utf8",
          env: { ...process.env, ...environment },
          maxBuffer: 2 ** 28,
        },
      );
      if (child.status !== 0) throw new TypeError(child.stderr);
      const { stacks, problems } = JSON.parse(child.stdout) as Preview;
      return {
        text: child.stdout,
        problems,
        stacks,
        cached: (JSON.parse(child.stderr) as { cached: string[] }).cached,
        outputs: (stack) => {
          const found = stacks.find((item) => item.stack === stack);
          expect(found?.problems).toEqual([]);
          return found?.outputs;
        },
      };
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
      rmSync(cacheFolder, { recursive: true, force: true });
    },
  };
}
