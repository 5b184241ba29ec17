import { spawn } from "node:child_process";
import { once } from "node:events";

import { parseChildren, parsePssKiB, processTree, treePssKiB } from "./process-tree.ts";

const ROLLUP = `55d0c0a00000-7ffd8a1f2000 ---p 00000000 00:00 0                          [rollup]
Rss:              884736 kB
Pss:              612345 kB
Pss_Dirty:        500000 kB
Pss_Anon:         480000 kB
Shared_Clean:      40000 kB
`;

describe("parsePssKiB", () => {
  it("reads Pss, and none of the lines that begin like it", () => {
    expect(parsePssKiB(ROLLUP)).toBe(612_345);
  });

  it("is null for a process that has ended", () => {
    expect(parsePssKiB("")).toBeNull();
  });
});

describe("parseChildren", () => {
  it("reads ids with the trailing space that the kernel prints", () => {
    expect(parseChildren("12 345 ")).toEqual([12, 345]);
  });

  it("reads no id out of nothing", () => {
    expect(parseChildren("")).toEqual([]);
  });
});

describe("processTree", () => {
  it("holds grandchildren, and their memory counts", async () => {
    // `wait` keeps the shell from becoming the process that it starts.
    const child = spawn("sh", ["-c", "sh -c 'echo up; sleep 60 & wait' & wait"], {
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    const pid = child.pid ?? 0;
    try {
      await once(child.stdout, "data");
      expect(processTree(pid).length).toBeGreaterThanOrEqual(2);
      expect(treePssKiB(pid)).toBeGreaterThan(0);
    } finally {
      process.kill(-pid, "SIGKILL");
    }
  });

  it("has no memory once the process is gone", () => {
    expect(treePssKiB(2 ** 22 + 1)).toBe(0);
  });
});
