import type { Facts } from "./facts.ts";
import { installProblems } from "./install-state.ts";
import { pulumiChecks } from "./pulumi-checks.ts";

/** One thing that Atoll needs or can use. */
export interface Check {
  readonly name: string;
  /** `missing`: something needed is not there or too old. `optional`: it is not there, and only some commands need it. */
  readonly status: "ok" | "missing" | "optional";
  /** What was found. */
  readonly found: string;
  /** What it is for. */
  readonly purpose: string;
  /** How to get it; empty when it is there. */
  readonly fix: string;
}

/** What the facts mean: one check a line, those that are needed first. */
export function diagnose(facts: Facts): readonly Check[] {
  return [
    ...nodeChecks(facts),
    ...programChecks(facts),
    ...folderChecks(facts),
    ...pulumiChecks(facts),
    ...optionalChecks(facts),
  ];
}

function nodeChecks(facts: Facts): readonly Check[] {
  const own = facts.ownNode;
  return [
    needed({
      name: "Node for Atoll",
      ok: isAtLeast(facts.node, 22, 18),
      found: facts.node,
      purpose: "runs the TypeScript sources",
      fix: "Run `npm ci`: it brings Node 24 along.",
    }),
    {
      ...needed({
        name: "Node 24 in node_modules",
        ok: own !== null && isAtLeast(own, 24, 0),
        found: own ?? "not installed",
        purpose: "makes Atoll independent of the machine's Node",
        fix: "Run `npm ci`; where npm runs no install scripts, `npm rebuild node` after it.",
      }),
      // Any Node from 22.18 will do instead.
      ...(own === null && isAtLeast(facts.node, 22, 18) ? { status: "optional" } : {}),
    },
    needed({
      name: "Node on the path",
      ok: facts.systemNode !== null && isAtLeast(facts.systemNode, 20, 0),
      found: facts.systemNode ?? "not found",
      purpose: "starts `npm start` and `npm test`",
      fix: "Install Node 20 or newer from https://nodejs.org/.",
    }),
    needed({
      name: "npm",
      ok: facts.npm !== null,
      found: facts.npm ?? "not found",
      purpose: "installs the dependencies",
      fix: "It comes with Node: https://nodejs.org/.",
    }),
  ];
}

function programChecks(facts: Facts): readonly Check[] {
  const install = installProblems(facts.lockfile, facts.installed);
  return [
    needed({
      name: "git",
      ok: facts.git !== null,
      found: facts.git ?? "not found",
      purpose: "`preview --base`, and telling which files count",
      fix: "Install git: https://git-scm.com/downloads.",
    }),
    needed({
      name: "tar",
      ok: facts.tar !== null,
      found: facts.tar ?? "not found",
      purpose: "`preview --base`",
      fix: "Install GNU tar or bsdtar with the system's package manager.",
    }),
    needed({
      name: "node_modules",
      ok: install.length === 0,
      found: install.length === 0 ? "as in package-lock.json" : install.join("; "),
      purpose: "the dependencies, at the versions that were tested",
      fix: "Run `npm ci`.",
    }),
    facts.tablesReady
      ? found("AWS model tables", "made", "what the AWS provider would say")
      : {
          name: "AWS model tables",
          status: "optional",
          found: "not made yet",
          purpose: "what the AWS provider would say",
          fix: "Nothing to do: the next preview makes them, once.",
        },
  ];
}

function folderChecks(facts: Facts): readonly Check[] {
  return [
    needed({
      name: "organization file",
      ok: facts.organizationFileExists,
      found: facts.organizationFileExists ? facts.organizationFile : `no ${facts.organizationFile}`,
      purpose: "describes the organization",
      fix: "Name another one with `--organization <file>` or in ATOLL_ORGANIZATION.",
    }),
    needed({
      name: "local folder",
      ok: facts.localFolderWritable,
      found: facts.localFolderWritable
        ? facts.localFolder
        : `${facts.localFolder} cannot be written`,
      purpose: "cache, ledgers and sandboxes",
      fix: `Make ${facts.localFolder} writable for this user.`,
    }),
    needed({
      name: "temporary folder",
      ok: facts.temporaryFolderWritable,
      found: facts.temporaryFolderWritable
        ? facts.temporaryFolder
        : `${facts.temporaryFolder} cannot be written`,
      purpose: "previews while they run, and checkouts for `--base`",
      fix: "Set TMPDIR to a folder that this user can write to.",
    }),
  ];
}

function optionalChecks(facts: Facts): readonly Check[] {
  return [
    optional({
      name: "go",
      found: facts.go,
      purpose: "builds the sandbox's Pulumi CLI where none can be downloaded",
      fix: "Install Go 1.25 or newer: https://go.dev/dl/.",
    }),
    optional({
      name: "python3",
      found: facts.python,
      purpose: "maintainers regenerate the tables of AWS facts with it",
      fix: "Install Python 3.10 or newer: https://www.python.org/downloads/.",
    }),
  ];
}

function needed(check: Omit<Check, "status"> & { readonly ok: boolean }): Check {
  const { ok, fix, ...rest } = check;
  return { ...rest, status: ok ? "ok" : "missing", fix: ok ? "" : fix };
}

function optional(check: {
  readonly name: string;
  readonly found: string | null;
  readonly purpose: string;
  readonly fix: string;
}): Check {
  if (check.found !== null) return found(check.name, check.found, check.purpose);
  return { ...check, status: "optional", found: "not found" };
}

function found(name: string, what: string, purpose: string): Check {
  return { name, status: "ok", found: what, purpose, fix: "" };
}

/** True when a version as Node prints it (`v24.1.0`) is at least `major.minor`. */
function isAtLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.replace(/^v/, "").split(".").map(Number);
  return a > major || (a === major && b >= minor);
}
