import { loadModel } from "@atoll/aws-model";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { AtollError } from "@atoll/core";

import { CallCounter } from "./faults/call-counter.ts";
import { parseFaultPlan, type FaultPlan } from "./faults/fault-plan.ts";
import { Faults } from "./faults/faults.ts";
import { holdMemory } from "./faults/hold-memory.ts";
import { readConfiguration } from "./provider/configuration.ts";
import { SandboxProvider } from "./provider/sandbox-provider.ts";
import type { HandlersOptions } from "./rpc/handlers.ts";
import { openStore } from "./store/open-store.ts";
import { readOrganization } from "./store/organization-file.ts";

/** What the provider says of itself, once. */
const NOTICE =
  "Atoll's sandbox answers for AWS: nothing reaches a cloud, and what it says is not verified against AWS.";

/**
 * The provider of a sandbox, made when the engine configures it.
 *
 * @param env `ATOLL_SANDBOX`: the sandbox's folder; `ATOLL_SANDBOX_FAULTS`: a plan of faults
 * @param say takes what the provider says of itself, which the engine shows
 */
export function createSandbox(
  env: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): HandlersOptions {
  const read = (urn: string, inputs: Parameters<HandlersOptions["checkConfiguration"]>[1]) =>
    readConfiguration(urn, inputs, readOrganization(folderOf(env)));
  return {
    version: () => loadModel().version,
    checkConfiguration: (urn, inputs) => {
      const configuration = read(urn, inputs);
      return "failures" in configuration ? configuration.failures : [];
    },
    configure: (urn, inputs) => {
      const configuration = read(urn, inputs);
      if ("failures" in configuration) {
        const reasons = configuration.failures.map(({ reason }) => reason);
        throw new AtollError("SANDBOX_PROVIDER_REFUSED", reasons.join("\n"));
      }
      const folder = folderOf(env);
      const model = loadModel();
      const plan = faultPlan(env["ATOLL_SANDBOX_FAULTS"]);
      holdMemory(plan.memoryMiB ?? 0);
      say(NOTICE);
      return Promise.resolve(
        new SandboxProvider({
          model,
          store: openStore(folder, model),
          faults: new Faults({
            plan,
            counter: new CallCounter(join(folder, "faults.sqlite")),
            kill,
          }),
          configuration,
        }),
      );
    },
  };
}

function folderOf(env: Readonly<Record<string, string | undefined>>): string {
  const folder = env["ATOLL_SANDBOX"] ?? "";
  if (folder !== "") return folder;
  throw new AtollError(
    "SANDBOX_NOT_PREPARED",
    'ATOLL_SANDBOX does not name a sandbox: run `atoll up --sandbox`, or `eval "$(atoll env --sandbox)"` before pulumi.',
  );
}

function faultPlan(file: string | undefined): FaultPlan {
  if (file === undefined || file === "") return {};
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new AtollError(
      "SANDBOX_FAULTS_INVALID",
      `ATOLL_SANDBOX_FAULTS names ${file}, which cannot be read: ${(cause as Error).message}.`,
      { cause },
    );
  }
  return parseFaultPlan(text, file);
}

function kill(victim: "provider" | "engine"): void {
  process.kill(victim === "provider" ? process.pid : process.ppid, "SIGKILL");
}
