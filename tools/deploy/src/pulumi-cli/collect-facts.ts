import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join, sep } from "node:path";

import { builtPulumi, downloadedPulumis } from "./cache-folder.ts";
import { languageHostVersion } from "./language-host-version.ts";
import { ownScript } from "./marks.ts";
import type { PinnedVersions } from "./pinned-versions.ts";
import { runCommand } from "./run-command.ts";
import type { PulumiCandidate, PulumiFacts, PulumiFile, PulumiOrigin } from "./types.ts";

/** How long a CLI may take to say its version: npm's wrapper may try to download one first. */
const VERSION_SECONDS = 20;

/** Where to look. */
export interface LookAround {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pinned: PinnedVersions;
  readonly signal?: AbortSignal | undefined;
}

/** Looks for everything that could be used, and asks it for its version. Changes nothing. */
export async function collectFacts(look: LookAround): Promise<PulumiFacts> {
  const { env, pinned } = look;
  const path = env["PATH"] ?? "";
  const places: readonly (readonly [PulumiOrigin, readonly string[]])[] = [
    ["path", onPath("pulumi", path).filter(isPulumi).slice(0, 1)],
    ["downloaded", downloadedPulumis(env, pinned.pulumi).filter(isExecutable)],
    ["built", [builtPulumi(env, pinned.pulumi)].filter(isExecutable)],
  ];
  const candidates = await Promise.all(
    places.flatMap(([origin, files]) => files.map((file) => candidateOf(file, origin, look))),
  );
  return {
    candidates,
    languageHost: await languageHostOnPath(candidates, look),
    providers: providersOf(env, pinned),
    debugProviders: env["PULUMI_DEBUG_PROVIDERS"] ?? "",
  };
}

async function candidateOf(
  file: string,
  origin: PulumiOrigin,
  look: LookAround,
): Promise<PulumiCandidate> {
  const host = join(dirname(realpathSync(file)), "pulumi-language-nodejs");
  const version = await versionOf(file, look);
  return {
    file,
    origin,
    version,
    languageHost: isExecutable(host) ? { file: host, version, own: isOwn(host) } : null,
  };
}

/** What `pulumi version` prints, without the leading `v`; null when that does not work. */
async function versionOf(file: string, { env, signal }: LookAround): Promise<string | null> {
  const result = await runCommand(file, ["version"], {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutSeconds: VERSION_SECONDS,
    signal,
  });
  const [line = ""] = result.out.trim().split("\n");
  return result.exitCode === 0 && /^v?\d+\.\d+\.\d+/.test(line) ? line.replace(/^v/, "") : null;
}

/** Only where a CLI of the pinned version has none beside it: starting one to ask its version takes a while. */
async function languageHostOnPath(
  candidates: readonly PulumiCandidate[],
  { env, pinned, signal }: LookAround,
): Promise<PulumiFile | null> {
  const needsOne = candidates.some(
    ({ version, languageHost }) => version === pinned.pulumi && languageHost === null,
  );
  const files = needsOne ? onPath("pulumi-language-nodejs", env["PATH"] ?? "") : [];
  const file = files.find((each) => !isOwn(each));
  if (file === undefined) return null;
  return { file, own: false, version: await languageHostVersion(file, env, signal) };
}

/** In the order in which Pulumi looks: the path first, then its home. */
function providersOf(env: LookAround["env"], { aws }: PinnedVersions): readonly PulumiFile[] {
  const name = "pulumi-resource-aws";
  const ambient = onPath(name, env["PATH"] ?? "").map((file) => {
    return { file, version: null, own: isOwn(file) };
  });
  const home = env["PULUMI_HOME"] ?? "";
  const folder = home === "" ? join(env["HOME"] ?? homedir(), ".pulumi") : home;
  const file = join(folder, "plugins", `resource-aws-v${aws}`, name);
  const installed = isExecutable(file) ? [{ file, version: aws, own: isOwn(file) }] : [];
  return [...ambient, ...installed];
}

/** Neither our own shim, which would lead back here, nor npm's wrapper: what that one downloaded is looked at instead. */
function isPulumi(file: string): boolean {
  const isWrapper = realpathSync(file).endsWith(["", "pulumi", "run.js"].join(sep));
  return !isWrapper && !isOwn(file);
}

function isOwn(file: string): boolean {
  return ownScript(file) !== null;
}

/** Every executable of that name on the path, the first one first. */
export function onPath(program: string, path: string): readonly string[] {
  const folders = new Set(path.split(delimiter).filter((folder) => isAbsolute(folder)));
  return [...folders].map((folder) => join(folder, program)).filter(isExecutable);
}

/** True for a file that this user may run. */
function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return existsSync(file) && statSync(file).isFile();
  } catch {
    return false;
  }
}
