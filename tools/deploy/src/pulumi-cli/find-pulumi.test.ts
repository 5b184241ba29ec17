import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import { ProblemError } from "@atoll/core";

import { builtPulumi } from "./cache-folder.ts";
import { withFileLock } from "./file-lock.ts";
import { findPulumi, lookForPulumi } from "./find-pulumi.ts";
import { pinnedVersions } from "./pinned-versions.ts";
import type { PulumiStep } from "./types.ts";

const VERSION = pinnedVersions().pulumi;

let folder: string;
let env: Record<string, string>;
let steps: PulumiStep[];

// A machine of its own: nothing is on the path but what a test puts there.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atoll-machine-"));
  env = {
    PATH: join(folder, "bin"),
    HOME: join(folder, "home"),
    XDG_CACHE_HOME: join(folder, "cache"),
  };
  mkdirSync(join(folder, "bin"));
  steps = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function install(file: string, script: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}
const program = (name: string, script: string) => install(join(folder, "bin", name), script);
const pulumi = (version: string) => program("pulumi", `echo v${version}`);

/** A Go that "builds" in an instant, notes that it did, and may fail. */
const goThat = (script: string) =>
  program(
    "go",
    `echo built >> '${folder}/builds'
while [ "$1" != -o ]; do shift; done
${script}`,
  );
const GOOD_BUILD = `printf '#!/bin/sh\\necho v${VERSION}+atoll\\n' > "$2"; /bin/chmod +x "$2"`;
const builds = () =>
  existsSync(join(folder, "builds")) ? readFileSync(join(folder, "builds"), "utf8") : "";

const find = (
  options: { readonly target?: "aws" | "sandbox"; readonly signal?: AbortSignal } = {},
) => findPulumi({ target: "sandbox", env, onStep: (step) => steps.push(step), ...options });
const refusal = async (options: Parameters<typeof find>[0] = {}) => {
  const error: unknown = await find(options).then(
    () => "found",
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problems[0]!;
};

test("no CLI, no npm and no Go: what was tried is said, and how to get it", async () => {
  const problem = await refusal();
  expect(problem).toMatchObject({ code: "PULUMI_CLI_MISSING" });
  expect(problem.got).toBe("there is no npm; there is no go");
  expect(problem.fix).toMatch(/Go 1\.25/);
});

test("a CLI of another version is passed over with the reason, and one is built once", async () => {
  pulumi("3.1.0");
  goThat(GOOD_BUILD);
  const found = await find();
  expect(found).toMatchObject({
    origin: "built",
    version: `${VERSION}+atoll`,
    ownLanguageHost: true,
  });
  expect(found.file).toBe(builtPulumi(env, VERSION));
  expect(steps.map(({ text }) => text)).toEqual([
    expect.stringContaining("pulumi 3.1.0"),
    expect.stringContaining("building"),
    expect.stringContaining("is used"),
    expect.stringContaining("runs the programs"),
    expect.stringContaining("sandbox"),
  ]);
  await find();
  expect(builds()).toBe("built\n");
});

test("the pinned version on the path is used, and nothing is built", async () => {
  pulumi(VERSION);
  goThat(GOOD_BUILD);
  await expect(find()).resolves.toMatchObject({ origin: "path", file: join(folder, "bin/pulumi") });
  expect(builds()).toBe("");
});

test("npm's download comes before a build; what it downloaded is official", async () => {
  goThat(GOOD_BUILD);
  program(
    "npm",
    `d="$PULUMI_HOME/versions/$PULUMI_VERSION/bin"; /bin/mkdir -p "$d"
for each in pulumi pulumi-language-nodejs; do
  printf '#!/bin/sh\\necho v${VERSION}\\n' > "$d/$each"; /bin/chmod +x "$d/$each"
done`,
  );
  await expect(find()).resolves.toMatchObject({ origin: "downloaded", ownLanguageHost: false });
  expect(builds()).toBe("");
  await expect(find({ target: "aws" })).resolves.toMatchObject({ origin: "downloaded" });
});

test("a download that breaks off leaves nothing, and the reason is told with the build", async () => {
  program(
    "npm",
    `/bin/mkdir -p "$PULUMI_HOME/versions/$PULUMI_VERSION/bin"
printf half > "$PULUMI_HOME/versions/$PULUMI_VERSION/bin/pulumi"
echo 'pulumi: fetch failed' >&2; exit 1`,
  );
  goThat(GOOD_BUILD);
  await find();
  const build = steps.find(({ text }) => text.startsWith("building"));
  expect(build?.reason).toContain("fetch failed");
  expect(existsSync(join(folder, "cache/atoll/pulumi/npm/versions", VERSION))).toBe(false);
});

test.each<[string, string, RegExp]>([
  ["a build that fails", "echo 'no space left on device' >&2; exit 1", /no space left/],
  [
    "a build that makes something else",
    `printf '#!/bin/sh\\necho hello\\n' > "$2"; /bin/chmod +x "$2"`,
    /says "hello"/,
  ],
  ["a build that makes nothing", "true", /says ""/],
])(
  "%s is refused with the reason, and leaves nothing that looks like a CLI",
  async (_name, script, why) => {
    goThat(script);
    const problem = await refusal();
    expect(problem.code).toBe("PULUMI_CLI_MISSING");
    expect(problem.got).toMatch(why);
    expect(existsSync(builtPulumi(env, VERSION))).toBe(false);
    expect(readdirSync(dirname(builtPulumi(env, VERSION)))).toEqual([]);
  },
);

test("a CLI cut in half in the cache, and what a killed builder left, are built anew", async () => {
  goThat(GOOD_BUILD);
  const file = builtPulumi(env, VERSION);
  install(file, "exit 1");
  writeFileSync(`${file}.unfinished-123`, "half");
  await expect(find()).resolves.toMatchObject({ file, origin: "built" });
  expect(readdirSync(dirname(file)).sort()).toEqual([basename(file), "pulumi-language-nodejs"]);
});

test("of two at once one builds; the other says that it waits, and takes the result", async () => {
  goThat(`/bin/sleep 1; ${GOOD_BUILD}`);
  const both = await Promise.all([find(), find()]);
  expect(both[0].file).toBe(both[1].file);
  expect(builds()).toBe("built\n");
  expect(steps.filter(({ text }) => text.startsWith("waiting"))).toHaveLength(1);
});

test("stopped in the middle, the build ends and the lock is free", async () => {
  goThat("/bin/sleep 60");
  const controller = new AbortController();
  const finding = find({ signal: controller.signal });
  setTimeout(() => {
    controller.abort(new TypeError("enough"));
  }, 500);
  await expect(finding).rejects.toThrow("enough");
  const lock = join(folder, "cache/atoll/pulumi/lock");
  await expect(withFileLock(lock, {}, () => "free")).resolves.toBe("free");
});

test("looking makes nothing", async () => {
  goThat(GOOD_BUILD);
  await expect(lookForPulumi({ target: "sandbox", env })).resolves.toMatchObject({
    status: "make",
  });
  expect(builds()).toBe("");
  expect(existsSync(join(folder, "cache"))).toBe(false);
});

describe("on AWS", () => {
  test("nothing is built", async () => {
    goThat(GOOD_BUILD);
    expect(await refusal({ target: "aws" })).toMatchObject({ code: "PULUMI_CLI_MISSING" });
    expect(builds()).toBe("");
  });

  test("what we built is refused, in our cache and on the path", async () => {
    goThat(GOOD_BUILD);
    const { file } = await find();
    expect(await refusal({ target: "aws" })).toMatchObject({ code: "PULUMI_CLI_MISSING" });
    symlinkSync(file, join(folder, "bin/pulumi"));
    expect(await refusal({ target: "aws" })).toMatchObject({ code: "PULUMI_CLI_NOT_OFFICIAL" });
  });

  test("our language host is refused beside the CLI, and not looked at on the path", async () => {
    pulumi(VERSION);
    const ours = join(import.meta.dirname, "../../bin/pulumi-language-nodejs");
    const link = join(folder, "bin/pulumi-language-nodejs");
    symlinkSync(ours, link);
    expect(await refusal({ target: "aws" })).toMatchObject({ code: "PULUMI_LANGUAGE_HOST" });
  });

  test("the sandbox's provider is refused, wherever Pulumi would find it", async () => {
    pulumi(VERSION);
    program("pulumi-language-nodejs", "true");
    await expect(find({ target: "aws" })).resolves.toMatchObject({ origin: "path" });
    const { aws } = pinnedVersions();
    const plugin = join(
      folder,
      "home/.pulumi/plugins",
      `resource-aws-v${aws}`,
      "pulumi-resource-aws",
    );
    mkdirSync(dirname(plugin), { recursive: true });
    symlinkSync(join(import.meta.dirname, "../../bin/pulumi-resource-aws"), plugin);
    expect(await refusal({ target: "aws" })).toMatchObject({
      code: "PULUMI_PROVIDER_NOT_OFFICIAL",
    });
  });
});

test("our own shim, which comes first on the path, does not find itself", async () => {
  const shims = join(folder, "shims");
  mkdirSync(shims);
  symlinkSync(join(import.meta.dirname, "../../bin/pulumi"), join(shims, "pulumi"));
  pulumi(VERSION);
  env["PATH"] = `${shims}:${env["PATH"] ?? ""}`;
  await expect(find()).resolves.toMatchObject({ file: join(folder, "bin/pulumi") });
});

test("a cache that cannot be written is said", async () => {
  goThat(GOOD_BUILD);
  writeFileSync(join(folder, "cache"), "");
  await expect(find()).rejects.toMatchObject({ code: "LOCK_FILE_UNUSABLE" });
});
