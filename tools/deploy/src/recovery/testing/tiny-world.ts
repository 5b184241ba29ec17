import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { findPulumi } from "../../pulumi-cli/find-pulumi.ts";
import type { StackAccess } from "../../state/stack-access.ts";
import type { DeclaredResource } from "../declared.ts";
import { STACK_VARIABLE } from "../end-orphans.ts";
import type { IdentityLookup } from "../identity.ts";

import type { TinyFault, TinyResource } from "./tiny-provider.ts";
import type { TinyProgram } from "./tiny-up.ts";

/** A world with a provider of its own, a backend and a stack `shop`, for tests with the real Pulumi. */
export interface TinyWorld {
  readonly access: StackAccess;
  /** Runs the program by the real engine; resolves to the exit code, null when it was killed. */
  up(things: TinyProgram): Promise<number | null>;
  /** The next such call is killed. */
  fault(fault: TinyFault): void;
  /** What exists, as `<name> <inputs>`, sorted: a resource that was made twice is there twice. */
  resources(): readonly string[];
  /** What an embedded preview would say of a program. */
  declared(things: TinyProgram): readonly DeclaredResource[];
  /** Finds by name, as tags do. */
  readonly lookup: IdentityLookup;
  remove(): void;
}

const STACK = "shop";
const GROUP = `urn:pulumi:${STACK}::acme::atoll:test:Group::group`;

/** The URN of a resource of the tiny program. */
export function tinyUrn(name: string): string {
  return `urn:pulumi:${STACK}::acme::atoll:test:Group$tiny:index:Thing::${name}`;
}

/** Makes a world in a temporary folder. */
export async function makeTinyWorld(): Promise<TinyWorld> {
  const { file } = await findPulumi({ target: "sandbox" });
  const base = mkdtempSync(join(tmpdir(), "atoll-recovery-"));
  const folder = (name: string): string => join(base, name);
  for (const name of ["backend", "work", "world"]) mkdirSync(folder(name));
  writeFileSync(folder("work/Pulumi.yaml"), "name: acme\nruntime: nodejs\n");
  installProvider(folder("home/plugins/resource-tiny-v1.0.0"));
  const backendUrl = `file://${folder("backend")}`;
  const env = {
    PATH: `${dirname(file)}:${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`,
    HOME: folder("home"),
    PULUMI_HOME: folder("home"),
    PULUMI_BACKEND_URL: backendUrl,
    PULUMI_CONFIG_PASSPHRASE: "tiny",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    TINY_WORLD: folder("world"),
    TINY_FAULT: folder("fault.json"),
    [STACK_VARIABLE]: STACK,
  };
  const pulumi = { file, env, cwd: folder("work") };
  const things = (): readonly TinyResource[] =>
    readdirSync(folder("world"))
      .filter((name) => name.endsWith(".json"))
      .map((name) => JSON.parse(readFileSync(join(folder("world"), name), "utf8")) as TinyResource);
  return {
    access: { stack: STACK, project: "acme", backendUrl, pulumi },
    up: (program) => runUp(program, pulumi),
    fault: (fault) => {
      writeFileSync(folder("fault.json"), JSON.stringify(fault));
    },
    resources: () =>
      things()
        .map(({ name, inputs }) => `${name} ${shown(inputs)}`)
        .sort(),
    declared: (program) => Object.keys(program).map(declare),
    lookup: {
      find: (sought) =>
        Promise.resolve(
          new Map(
            sought.map(({ urn, name }) => {
              const named = things().filter((thing) => thing.name === name);
              const candidates = named.map(({ id }) => ({ id, certain: true, description: name }));
              return [urn, { identifiable: true, candidates }];
            }),
          ),
        ),
    },
    remove: () => {
      rmSync(base, { recursive: true, force: true });
    },
  };
}

function installProvider(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const program = join(import.meta.dirname, "tiny-provider.ts");
  const file = join(folder, "pulumi-resource-tiny");
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(file, 0o755);
}

async function runUp(program: TinyProgram, pulumi: StackAccess["pulumi"]): Promise<number | null> {
  const script = join(import.meta.dirname, "tiny-up.ts");
  const args = ["--stack-trace-limit=0", script, pulumi.cwd, STACK, JSON.stringify(program)];
  // What goes wrong is what these tests are about; its text is in the way.
  const child = spawn(process.execPath, args, { env: { ...pulumi.env }, stdio: "ignore" });
  return new Promise((resolve) => {
    child.once("exit", resolve);
  });
}

function declare(name: string): DeclaredResource {
  return {
    urn: tinyUrn(name),
    type: "tiny:index:Thing",
    name,
    inputs: {},
    outputs: {},
    parent: GROUP,
    dependencies: [],
    provider: `urn:pulumi:${STACK}::acme::pulumi:providers:tiny::tiny::planned`,
    options: {},
  };
}

function shown(inputs: TinyResource["inputs"]): string {
  return Object.entries(inputs)
    .filter(([key]) => key !== "on")
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(" ");
}

/** Whether a fault was met: its file is gone. */
export function faultMet({ access }: TinyWorld): boolean {
  return !existsSync(access.pulumi.env["TINY_FAULT"] ?? "");
}
