import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

import { BUILD_STAMP } from "./marks.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The Go module that names the CLI: `go.mod`, `go.sum` and `tools.go`. */
export const GO_MODULE = resolve(import.meta.dirname, "../../pulumi-cli");

/** The command in it. */
export const GO_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

/** What `go build` is given for a version: no cgo, no tracing of gRPC, no debug information, and our stamp. */
export function goBuildFlags(version: string): readonly string[] {
  const stamped = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}${BUILD_STAMP}`;
  return ["-mod=readonly", "-tags=osusergo,grpcnotrace", `-ldflags=-s -w -X ${stamped}`];
}

/** Where Atoll keeps Pulumi for all checkouts: `$XDG_CACHE_HOME/atoll/pulumi`, else `~/.cache/atoll/pulumi`. */
export function cacheFolder(env: Environment): string {
  const named = env["XDG_CACHE_HOME"] ?? "";
  // The specification of XDG_CACHE_HOME has relative paths ignored.
  const base = isAbsolute(named) ? named : join(homeFolder(env), ".cache");
  return join(base, "atoll", "pulumi");
}

/** Where a CLI that we build goes: a folder for each version, set of Go modules, flags and kind of machine. */
export function builtPulumi(env: Environment, version: string): string {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum", "pulumi-language-nodejs"])
    hash.update(readFileSync(join(GO_MODULE, file)));
  hash.update(JSON.stringify([goBuildFlags(version), process.platform, process.arch]));
  return join(cacheFolder(env), `${version}-${hash.digest("hex").slice(0, 12)}`, "pulumi");
}

/** What npm's `pulumi` takes for Pulumi's home when we run it, so that the user's own is left alone. */
export function downloadHome(env: Environment): string {
  return join(cacheFolder(env), "npm");
}

/** Where npm's `pulumi` and the Automation API put a version that they download, the best place first. */
export function downloadedPulumis(env: Environment, version: string): readonly string[] {
  const named = env["PULUMI_HOME"] ?? "";
  const own = named === "" ? join(homeFolder(env), ".pulumi") : named;
  const homes = [...new Set([own, join(homeFolder(env), ".pulumi"), downloadHome(env)])];
  return homes.map((home) => join(home, "versions", version, "bin", "pulumi"));
}

function homeFolder(env: Environment): string {
  const home = env["HOME"] ?? "";
  return home === "" ? homedir() : home;
}
