import type { ChildProcess } from "node:child_process";

import { Server, ServerCredentials } from "@grpc/grpc-js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";

import { languageRuntime } from "./language-runtime.ts";

/** Between two looks whether Pulumi is still there. */
const PARENT_MILLISECONDS = 1_000;

const [engine = ""] = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const running = new Set<ChildProcess>();
const server = new Server();
server.addService(languageGrpc.LanguageRuntimeService, languageRuntime(engine, running));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) {
    process.stderr.write(`pulumi-language-nodejs: ${error.message}\n`);
    process.exit(1);
  }
  // Pulumi waits for this line.
  process.stdout.write(`${port}\n`);
});

// Pulumi ends its plugins, except when it is killed itself.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid === parent) return;
  for (const child of running) child.kill("SIGKILL");
  process.exit(0);
}, PARENT_MILLISECONDS).unref();
