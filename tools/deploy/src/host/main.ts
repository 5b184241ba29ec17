import { deferImports } from "@atoll/engine/deferred-imports";

import type { HostMessage, HostRequest } from "./protocol.ts";

/*
 * A process that hosts programs for Pulumi's engine. It loads Pulumi before it is given anything to do. It ends with the
 * process that started it: the engines that it serves then fail, and save what they have done.
 */

const BEAT_MILLISECONDS = 1_000;

deferImports();

const send = (message: HostMessage) => {
  if (process.connected) process.send?.(message);
};

const { ProgramHost, exitProgram } = await import("./program-host.ts");
const { languageService, serveLanguage } = await import("./language-service.ts");
// Loaded for its side effect on time: the programs import it next.
await import("@pulumi/aws");

let host: InstanceType<typeof ProgramHost> | undefined;
const exit = process.exit.bind(process);
process.exit = exitProgram;

process.on("disconnect", () => exit(0));
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    if (host?.blame(error) === true) return;
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    exit(1);
  });
}
// Ctrl-C in a terminal reaches every process in it; the one that started this one decides.
process.on("SIGINT", () => undefined);

process.on("message", (request: HostRequest) => {
  switch (request.type) {
    case "setup":
      host = new ProgramHost(request.root, request.organization);
      return;
    case "host":
      host?.host(request.stack);
      send({ type: "hosting", stack: request.stack.plan.stack });
      return;
    case "release":
      host?.release(request.stack);
      return;
    case "abandon":
      host?.abandon(request.stack);
      return;
    default:
      request satisfies never;
  }
});

const port = await serveLanguage(
  languageService(async (request) => {
    const problems = (await host?.run(request)) ?? [];
    send({ type: "ran", stack: request.stack, problems });
    return problems;
  }),
);
setInterval(() => {
  send({ type: "beat" });
}, BEAT_MILLISECONDS);
send({ type: "ready", port });
