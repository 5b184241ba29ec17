/*
 * The plugin's executable: serves package `aws` to one Pulumi engine, from the sandbox's folder. Its first line on
 * standard output is the port. It ends when the engine that started it does.
 */
import { createSandbox } from "./sandbox.ts";
import { engineLog } from "./rpc/engine-log.ts";
import { serveProvider } from "./rpc/serve.ts";

process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
process.stdin.resume();
// The engine's way to say that it needs the provider no more; it waits five seconds for one that does not go. Ctrl-C in a
// terminal does not come here: the engine starts its plugins in process groups of their own.
process.on("SIGINT", () => process.exit(0));

// The engine's address comes after whatever flags there are.
const engine = process.argv.slice(2).findLast((word) => !word.startsWith("-")) ?? "";
const port = await serveProvider(createSandbox(process.env, engineLog(engine)));
process.stdout.write(`${String(port)}\n`);
