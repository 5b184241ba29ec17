import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { readState } from "./read-state.ts";
import type { StackAccess } from "./stack-access.ts";
import { outputsHash, stackOutputs, stateVersion } from "./state-version.ts";

let base: string;
let access: StackAccess;
let file: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "atoll state "));
  const backendUrl = `file://${encodeURI(base)}`;
  const pulumi = { file: "/nowhere/pulumi", env: {}, cwd: base };
  access = { stack: "network.team", project: "acme", backendUrl, pulumi };
  mkdirSync(join(base, ".pulumi/stacks/acme"), { recursive: true });
  file = join(base, ".pulumi/stacks/acme/network.team.json");
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

const STACK = {
  urn: "urn:pulumi:s::acme::pulumi:pulumi:Stack::acme-s",
  type: "pulumi:pulumi:Stack",
  custom: false,
  outputs: { vpcId: "vpc-1" },
};

function checkpoint(latest: unknown): string {
  return JSON.stringify({ version: 3, checkpoint: { stack: "s", latest } });
}

test.each([
  [1, 2, [STACK]],
  [2, 1, []],
])(
  "a state is read from its file, the newest of plain and compressed",
  async (plain, packed, resources) => {
    writeFileSync(file, checkpoint({ resources: [] }));
    writeFileSync(`${file}.gz`, gzipSync(checkpoint({ resources: [STACK] })));
    utimesSync(file, plain, plain);
    utimesSync(`${file}.gz`, packed, packed);
    const state = await readState(access);
    expect(state).toMatchObject({ version: 3, deployment: { resources } });
    expect(stackOutputs(state)).toEqual(resources.length === 0 ? {} : { vpcId: "vpc-1" });
  },
);

test("no file is no stack, and a stack that was only made has no resources", async () => {
  expect(await readState(access)).toBeNull();
  writeFileSync(file, checkpoint(undefined));
  expect((await readState(access))?.deployment.resources ?? []).toEqual([]);
});

test.each([
  "",
  "{",
  checkpoint({ resources: [STACK] }).slice(0, 60),
  "null",
  '{"version":3}',
  '{"version":3,"checkpoint":{"latest":{"resources":[{}]}}}',
])(
  "a file that is cut off or no state is an error that names it and a way out: %s",
  async (text) => {
    writeFileSync(file, text);
    writeFileSync(`${file}.bak`, checkpoint({ resources: [] }));
    await expect(readState(access)).rejects.toMatchObject({
      code: "STATE_DAMAGED",
      message: expect.stringContaining(`${file}.bak`) as string,
    });
  },
);

test("a compressed file that is cut off too", async () => {
  writeFileSync(`${file}.gz`, gzipSync(checkpoint({ resources: [STACK] })).subarray(0, 40));
  await expect(readState(access)).rejects.toMatchObject({ code: "STATE_DAMAGED" });
});

test("another backend is asked through Pulumi, and one that is not there is an error", async () => {
  const remote = { ...access, backendUrl: "s3://bucket" };
  await expect(readState(remote)).rejects.toMatchObject({ code: "PULUMI_NOT_STARTED" });
});

describe("the version of a state", () => {
  const version = (resource: object, more: object = {}) =>
    stateVersion({ version: 3, deployment: { resources: [{ ...STACK, ...resource }], ...more } });

  test("changes with what it says, and with what is under way", () => {
    const operation = { type: "creating" as const, resource: STACK };
    const versions = [
      version({}),
      version({ id: "x" }),
      version({}, { pending_operations: [operation] }),
    ];
    expect(new Set(versions).size).toBe(3);
  });

  test("does not change with when it was written, or with lines of the program", () => {
    expect(version({ sourcePosition: "a.ts#1,1" }, { manifest: { time: "now" } })).toBe(
      version({}),
    );
  });

  test("is the same for no stack and for an empty one", () => {
    expect(stateVersion(null)).toBe(stateVersion({ version: 3, deployment: {} }));
  });

  test("and the hash of outputs tell nothing of a secret: only its ciphertext counts", () => {
    const secret = (ciphertext: string) => ({
      outputs: {
        password: {
          "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
          ciphertext,
        },
      },
    });
    const hashOf = (resource: object) =>
      outputsHash({ version: 3, deployment: { resources: [{ ...STACK, ...resource }] } });
    expect(hashOf(secret("v1:a:b"))).toBe(hashOf(secret("v1:a:b")));
    expect(hashOf(secret("v1:a:b"))).not.toBe(hashOf(secret("v1:a:c")));
    expect(hashOf({})).toMatch(/^[0-9a-f]{64}$/u);
  });
});
