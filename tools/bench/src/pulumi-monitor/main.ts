// A process of its own, so that what it uses counts for nobody: started by `pulumi-peer.ts`, which talks to it over IPC.
import { Recorder } from "./record.ts";
import { serveMonitor } from "./server.ts";

const recorder = new Recorder(process.argv[2] ?? "");

process.on("message", () => {
  process.send?.(recorder.take());
});
process.on("disconnect", () => {
  process.exit(0);
});
process.send?.({ port: await serveMonitor(recorder) });
