import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import { builtPulumi, GO_MODULE, GO_PACKAGE, goBuildFlags } from "./cache-folder.ts";
import { type MakeOptions, lastLine } from "./download-pulumi.ts";
import { BUILD_STAMP } from "./marks.ts";
import { runCommand } from "./run-command.ts";
import type { PulumiStep } from "./types.ts";

/** Goes beside the CLI: Pulumi looks there, and it leads to the language host of whichever checkout is in use. */
const LANGUAGE_HOST_LINK = resolve(import.meta.dirname, "../../pulumi-cli/pulumi-language-nodejs");

/** Four minutes on two cores; much longer on a slow machine, with a slow network. */
const BUILD_SECONDS = 45 * 60;

/** Between two words about how far the build is. */
const REPORT_MILLISECONDS = 15_000;

/**
 * Builds the CLI from its Go modules into our cache: to a temporary name first, so that a build that is cut short leaves
 * nothing that looks like a CLI. To be called while holding the lock of the cache.
 *
 * @returns why it did not work; empty when it did
 */
export async function buildPulumi(
  options: MakeOptions & { readonly onStep: (step: PulumiStep) => void },
): Promise<string> {
  const { version, env, signal } = options;
  const file = builtPulumi(env, version);
  mkdirSync(dirname(file), { recursive: true });
  removeUnfinished(file);
  const unfinished = `${file}.unfinished-${process.pid}`;
  const report = reportProgress(options.onStep);
  try {
    const built = await runCommand(
      "go",
      ["build", "-v", ...goBuildFlags(version), "-o", unfinished, GO_PACKAGE],
      {
        cwd: GO_MODULE,
        // A workspace of the user's, or flags for other builds, would change what is built.
        env: { ...env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-buildvcs=false" },
        timeoutSeconds: BUILD_SECONDS,
        signal,
        onError: report.onOutput,
      },
    );
    if (built.exitCode !== 0) return built.failure === "" ? lastLine(built.err) : built.failure;
    const asked = await runCommand(unfinished, ["version"], { env, timeoutSeconds: 60, signal });
    const printed = asked.out.trim();
    if (printed !== `v${version}${BUILD_STAMP}`) return `what was built says "${printed}"`;
    copyFileSync(LANGUAGE_HOST_LINK, join(dirname(file), "pulumi-language-nodejs"));
    renameSync(unfinished, file);
    return "";
  } finally {
    report.stop();
    rmSync(unfinished, { force: true });
  }
}

/** What builders that were killed left behind; nobody else builds while we hold the lock. */
function removeUnfinished(file: string): void {
  const prefix = `${basename(file)}.unfinished-`;
  for (const name of readdirSync(dirname(file))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(file), name), { force: true });
  }
}

function reportProgress(onStep: (step: PulumiStep) => void): {
  readonly onOutput: (text: string) => void;
  readonly stop: () => void;
} {
  const started = performance.now();
  let packages = 0;
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - started) / 1000);
    onStep({
      about: "cli",
      text: `still building the Pulumi CLI: ${packages} packages in ${seconds} s`,
      reason: "about 1,500 packages, a few minutes on two cores; only once",
    });
  }, REPORT_MILLISECONDS);
  return {
    onOutput: (text) => {
      packages += text.split("\n").length - 1;
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}
