import { readFileSync } from "node:fs";
import { join } from "node:path";

import { peersFolder } from "./peers.ts";

const BENCH = join(import.meta.dirname, "..");

function dependencies(folder: string): Readonly<Record<string, string>> {
  const text = readFileSync(join(BENCH, folder, "package.json"), "utf8");
  const manifest = JSON.parse(text) as Readonly<Record<string, Readonly<Record<string, string>>>>;
  return { ...manifest["dependencies"], ...manifest["devDependencies"] };
}

describe("the peers' packages", () => {
  it.each(["cdk", "pulumi-run"])("of %s are pinned, so that figures stay comparable", (peer) => {
    const versions = Object.values(dependencies(join("peers", peer)));
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it("are the versions that Atoll itself runs on, where both have them", () => {
    const peer = dependencies(join("peers", "pulumi-run"));
    const own = dependencies(".");
    for (const name of ["@pulumi/pulumi", "@pulumi/aws"]) {
      expect([name, peer[name]]).toEqual([name, own[name]]);
    }
  });

  it("are what the issue names", () => {
    expect(dependencies(join("peers", "cdk"))["aws-cdk-lib"]).toBe("2.276.0");
  });
});

describe("peersFolder", () => {
  it("is in the user's cache, outside every workspace", () => {
    expect(peersFolder({ XDG_CACHE_HOME: "/cache" })).toBe("/cache/atoll/bench-peers");
    expect(peersFolder({ XDG_CACHE_HOME: "" })).toMatch(/\.cache\/atoll\/bench-peers$/);
  });
});
