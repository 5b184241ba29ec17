import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";

/** How long a language host may take to start and to answer. */
const TIMEOUT_MILLISECONDS = 10_000;

/** Where no engine listens: a host needs an engine's address to start, and nothing of it to say its version. */
const NO_ENGINE = "127.0.0.1:1";

/** Starts a language host, asks for its version (without a leading `v`) and ends it; null when it does not answer. */
export async function languageHostVersion(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<string | null> {
  const child = spawn(file, [NO_ENGINE], { env, stdio: ["ignore", "pipe", "ignore"] });
  try {
    return await new Promise<string | null>((resolve) => {
      const giveUp = () => {
        resolve(null);
      };
      setTimeout(giveUp, TIMEOUT_MILLISECONDS).unref();
      signal?.addEventListener("abort", giveUp, { once: true });
      child.once("error", giveUp).once("exit", giveUp);
      createInterface(child.stdout).once("line", (port) => {
        askVersion(`127.0.0.1:${port.trim()}`, resolve);
      });
    });
  } finally {
    child.kill("SIGKILL");
  }
}

function askVersion(address: string, answer: (version: string | null) => void): void {
  const client = new languageGrpc.LanguageRuntimeClient(address, credentials.createInsecure());
  const deadline = Date.now() + TIMEOUT_MILLISECONDS;
  client.getPluginInfo(
    new empty.Empty(),
    new Metadata(),
    { deadline },
    (error: ServiceError | null, info: PluginInfo | undefined) => {
      client.close();
      answer(error === null && info !== undefined ? info.getVersion().replace(/^v/, "") : null);
    },
  );
}
