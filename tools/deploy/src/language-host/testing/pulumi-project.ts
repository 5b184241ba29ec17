import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { FoundPulumi } from "../../pulumi-cli/types.ts";

/** What a run of `pulumi` came to. */
export interface PulumiRun {
  readonly exitCode: number | null;
  /** Both streams. */
  readonly text: string;
}

/** A Pulumi project in a temporary folder, with a home and a backend of its own. */
export interface PulumiProject {
  readonly folder: string;
  readonly write: (path: string, text: string) => void;
  readonly start: (...args: string[]) => ChildProcess;
  readonly run: (...args: string[]) => Promise<PulumiRun>;
  readonly remove: () => void;
}

/** Makes a project whose program is `main.ts`. */
export function pulumiProject(pulumi: FoundPulumi): PulumiProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "atoll project's ")));
  const write = (path: string, text: string) => {
    writeFileSync(join(folder, path), text);
  };
  mkdirSync(join(folder, "backend"));
  symlinkSync(
    resolve(import.meta.dirname, "../../../../../node_modules"),
    join(folder, "node_modules"),
  );
  write("package.json", '{ "name": "tiny", "type": "module" }');
  write(
    "Pulumi.yaml",
    "name: tiny\nmain: main.ts\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  const start = (...args: string[]) =>
    spawn(pulumi.file, ["--non-interactive", "--color", "never", ...args], {
      cwd: folder,
      env: {
        ...process.env,
        ATOLL_LANGUAGE_HOST: pulumi.languageHost,
        PULUMI_HOME: join(folder, "home"),
        PULUMI_BACKEND_URL: pathToFileURL(join(folder, "backend")).href,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
      },
    });
  return {
    folder,
    write,
    start,
    run: (...args) => endOf(start(...args)),
    remove: () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function endOf(child: ChildProcess): Promise<PulumiRun> {
  return new Promise((settle, reject) => {
    let text = "";
    const add = (chunk: Buffer) => {
      text += chunk.toString("utf8");
    };
    child.stdout?.on("data", add);
    child.stderr?.on("data", add);
    child.once("error", reject).once("close", (exitCode) => {
      settle({ exitCode, text });
    });
  });
}
