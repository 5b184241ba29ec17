import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The workspace. */
export const ROOT = resolve(import.meta.dirname, "../../../..");
const LAUNCHER = join(ROOT, "tools/cli/bin/atoll");

/** What a command came to. */
export interface CommandRun {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command that runs. */
export interface RunningCommand {
  readonly child: ChildProcess;
  readonly done: Promise<CommandRun>;
}

/** An organization in a folder of its own, brought up in a sandbox of its own. */
export class DeployedOrganization {
  readonly name: string;
  /** Folder of the organization file. */
  readonly folder: string;
  /** Where everything local of it is: sandbox, state, ledger. */
  readonly local: string;
  readonly env: Record<string, string> = {};

  /**
   * @param source folder with an `organization.ts`, its address book and what programs it brings along; the organization
   *   gets a name of its own
   */
  constructor(source: string, files: readonly string[]) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "atoll-e2e-")));
    this.name = `e2e-${this.folder
      .slice(-6)
      .toLowerCase()
      .replace(/[^a-z0-9]/gu, "x")}`;
    this.local = join(ROOT, ".atoll", this.name);
    for (const file of files)
      cpSync(join(source, file), join(this.folder, file), { recursive: true });
    this.edit("organization.ts", (text) => text.replace(/name: "[^"]+"/u, `name: "${this.name}"`));
  }

  /** The reference organization of the workspace, with its six accounts. */
  static reference(): DeployedOrganization {
    const organization = new DeployedOrganization(join(ROOT, "stacks"), [
      "organization.ts",
      "organization.ts.addresses.json",
    ]);
    organization.edit("organization.ts", (text) =>
      text.replace("./contracts/index.ts", "@atoll/stacks/contracts"),
    );
    return organization;
  }

  /** Rewrites a file of the organization; fails when that changes nothing. */
  edit(file: string, change: (text: string) => string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, "utf8");
    const after = change(before);
    if (after === before) throw new TypeError(`the edit of ${file} changed nothing`);
    writeFileSync(path, after);
  }

  /** Copies a program of the workspace beside the organization file, where it comes first, and rewrites it. */
  overrideProgram(kind: string, change: (text: string) => string): void {
    const text = readFileSync(join(ROOT, "stacks", kind, "index.ts"), "utf8");
    const own = text.replace("../contracts/index.ts", "@atoll/stacks/contracts");
    cpSync(join(ROOT, "stacks", kind), join(this.folder, kind), { recursive: true });
    const changed = change(own);
    if (changed === own) throw new TypeError(`the edit of ${kind} changed nothing`);
    writeFileSync(join(this.folder, kind, "index.ts"), changed);
  }

  /** Starts `atoll` with these words. */
  start(...words: readonly string[]): RunningCommand {
    const { FORCE_COLOR: _force, ATOLL_LEDGER: _ledger, ...inherited } = process.env;
    const child = spawn(LAUNCHER, words, {
      cwd: ROOT,
      env: { ...inherited, ATOLL_ORGANIZATION: join(this.folder, "organization.ts"), ...this.env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    const done = new Promise<CommandRun>((finish) => {
      child.once("close", (exitCode) => {
        finish({ exitCode, out, err });
      });
    });
    return { child, done };
  }

  /** Runs `atoll` to its end. */
  run(...words: readonly string[]): Promise<CommandRun> {
    return this.start(...words).done;
  }

  /** Runs a command with `--json` and reads what it printed. */
  async json<T>(...words: readonly string[]): Promise<T> {
    const { out, err, exitCode } = await this.run(...words, "--json");
    try {
      return JSON.parse(out) as T;
    } catch {
      throw new TypeError(
        `atoll ${words.join(" ")} exited with ${String(exitCode)} and said:\n${err}\n${out}`,
      );
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.local, { recursive: true, force: true });
  }
}
