import { spawnSync } from "node:child_process";
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";

const root = join(import.meta.dirname, "../../..");

/** The fixtures, laid out as in the repository. */
export const fixtures = join(root, "tools/lint/fixtures/workspace");

/** What a package is known by: its tags and entries, and its compiler options. And core's sources, for their types. */
const COPIED = [
  "package.json",
  "tsconfig.base.json",
  "{packages,tools}/*/{package,tsconfig}.json",
  "stacks/{package,tsconfig}.json",
  "packages/core/src/**/!(*.test).ts",
];

/**
 * Makes a workspace in a temporary folder from this repository's manifests and the fixtures. It has never been seen by
 * Nx: there is no project graph in it, as on a clean clone.
 */
export function makeFixtureWorkspace(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "atoll-lint-")));
  const copied = globSync(COPIED, { cwd: root });
  for (const file of copied) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  cpSync(fixtures, folder, { recursive: true });
  // The fixtures' forbidden imports are not edges of the graph: together they would be one great cycle.
  const nx = { pluginsConfig: { "@nx/js": { analyzeSourceFiles: false } } };
  writeFileSync(join(folder, "nx.json"), JSON.stringify(nx));
  const packages = copied.filter((file) => /.\/package\.json$/.test(file)).map(dirname);
  linkModules(join(folder, "node_modules"), packages);
  return folder;
}

/** Links what is installed, as it is; but the workspace's packages to themselves, as npm would. */
function linkModules(modules: string, packages: readonly string[]): void {
  mkdirSync(join(modules, "@atoll"), { recursive: true });
  for (const entry of readdirSync(join(root, "node_modules"))) {
    if (entry !== "@atoll") symlinkSync(join(root, "node_modules", entry), join(modules, entry));
  }
  for (const path of packages) {
    symlinkSync(join(modules, "..", path), join(modules, "@atoll", basename(path)));
  }
}

interface LintResult {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

/**
 * Lints the fixtures of a workspace with the root configuration, in a process of its own.
 * @returns the rules that each file breaks, sorted, by path from the workspace's root. What no rule reports (a file
 *   that does not parse) stands under its message.
 * @throws when ESLint itself fails: a configuration that does not load must not look like a clean run.
 */
export function lintWorkspace(folder: string): ReadonlyMap<string, readonly string[]> {
  const eslint = join(root, "node_modules/eslint/bin/eslint.js");
  const config = join(root, "eslint.config.mjs");
  const files = globSync("**/*.ts", { cwd: fixtures });
  const run = spawnSync(
    process.execPath,
    [eslint, "--config", config, "--format", "json", ...files],
    {
      cwd: folder,
      encoding: "utf8",
      env: { ...withoutNx(process.env), NX_DAEMON: "false" },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (run.status !== 0 && run.status !== 1) {
    throw new Error(`ESLint ended with ${String(run.status)}: ${run.stderr}`, { cause: run.error });
  }
  const results = JSON.parse(run.stdout.slice(run.stdout.indexOf("["))) as readonly LintResult[];
  return new Map(
    results.map(({ filePath, messages }) => [
      relative(folder, filePath),
      [...new Set(messages.map(({ ruleId, message }) => ruleId ?? message))].sort(),
    ]),
  );
}

/** The environment without what an enclosing Nx task put there: the fixtures are a workspace of their own. */
function withoutNx(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("NX_")),
  );
}
