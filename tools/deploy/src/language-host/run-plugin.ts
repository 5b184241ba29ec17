import { spawn } from "node:child_process";

import type { ServerWritableStream } from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import type { RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb.js";

import { runnerFile } from "./runner-file.ts";

type Call = ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/** Runs a policy pack in its own folder and streams what it writes; it ends with the call. */
export function runPolicyPack(call: Call): void {
  const { request } = call;
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const args = [runnerFile("run-policy-pack", folder), ...request.getArgsList()];
  const environment = Object.fromEntries(request.getEnvList().map(splitVariable));
  const child = spawn(process.execPath, ["--stack-trace-limit=0", ...args], {
    cwd: folder,
    env: { ...process.env, PULUMI_NODEJS_TYPESCRIPT: "false", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const write = (fill: (response: RunPluginResponse) => void) => {
    const response = new language.RunPluginResponse();
    fill(response);
    call.write(response);
  };
  child.stdout.on("data", (bytes: Buffer) => {
    write((response) => response.setStdout(bytes));
  });
  child.stderr.on("data", (bytes: Buffer) => {
    write((response) => response.setStderr(bytes));
  });
  call.on("cancelled", () => child.kill("SIGKILL"));
  child.once("error", (error) => call.emit("error", error));
  child.once("close", (exitCode) => {
    write((response) => response.setExitcode(exitCode ?? 1));
    call.end();
  });
}

function splitVariable(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
