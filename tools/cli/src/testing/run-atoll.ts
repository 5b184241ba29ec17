import { spawn, type ChildProcess } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** The launcher, as npm links it. */
export const LAUNCHER = resolve(import.meta.dirname, "../../bin/atoll");

/** What a run of the command came to. */
export interface AtollRun {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** A temporary folder to run the command with: its temporary files go there too, so that a test can see what is left. */
export interface Workbench {
  readonly folder: string;
  /** Writes files by their path in the folder. */
  readonly write: (files: Readonly<Record<string, string>>) => void;
  /** Starts the command in the folder. */
  readonly start: (args: readonly string[], options?: StartOptions) => StartedAtoll;
  /** Runs the command in the folder to its end. */
  readonly run: (args: readonly string[], options?: StartOptions) => Promise<AtollRun>;
  /** What the command left in its temporary folder. */
  readonly leftovers: () => readonly string[];
  readonly remove: () => void;
}

/** How the command is started. */
export interface StartOptions {
  readonly launcher?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A command that runs. */
export interface StartedAtoll {
  readonly child: ChildProcess;
  readonly done: Promise<AtollRun>;
  /** Resolves when the text has been written to standard error. */
  readonly said: (text: string) => Promise<void>;
}

/** Makes a folder to run the command in. */
export function workbench(): Workbench {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "atoll-workbench-")));
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  // As in a repository of its own that has Atoll installed.
  symlinkSync(
    resolve(import.meta.dirname, "../../../../node_modules"),
    join(folder, "node_modules"),
  );
  const start: Workbench["start"] = (args, options = {}) => {
    const {
      FORCE_COLOR: _force,
      NO_COLOR: _none,
      ATOLL_ORGANIZATION: _file,
      ...inherited
    } = process.env;
    const env = { ...inherited, TMPDIR: temporary, ...options.env };
    return follow(spawn(options.launcher ?? LAUNCHER, args, { cwd: folder, env }));
  };
  return {
    folder,
    write: (files) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
    },
    start,
    run: (args, options) => start(args, options).done,
    leftovers: () => readdirSync(temporary),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function follow(child: ChildProcess): StartedAtoll {
  let out = "";
  let err = "";
  const waiting: (() => void)[] = [];
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk.toString("utf8");
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    err += chunk.toString("utf8");
    for (const check of waiting) check();
  });
  const done = new Promise<AtollRun>((settle, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => {
      settle({ exitCode, out, err });
    });
  });
  const said = (text: string) =>
    new Promise<void>((settle) => {
      const check = () => {
        if (err.includes(text)) settle();
      };
      waiting.push(check);
      check();
    });
  return { child, done, said };
}

/** An organization of one account, and the program of that account. */
export function tinyOrganization(program: string, account = ""): Readonly<Record<string, string>> {
  return {
    "organization.ts": `import { defineOrganization } from "@atoll/organization";

export default defineOrganization({
  name: "tiny",
  homeRegion: "eu-west-1",
  organizationalUnits: {},
  defaults: { owner: "owner", environment: "test" },
  accounts: [
    {
      name: "one",
      id: "111111111111",
      email: "one@example.com",
      kind: "management",
      ou: "Root",
      ${account}
    },
  ],
});
`,
    "management/index.ts": `import * as aws from "@pulumi/aws";

export default {
  kind: "management",
  needs: [],
  program: async (context) => {
    ${program}
  },
};
`,
  };
}
