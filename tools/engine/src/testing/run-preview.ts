/**
 * Runs one preview and prints it, for tests: `node run-preview.ts <request as JSON>`. A process of its own, because
 * programs run in threads that Node starts, and not in a test runner's sandbox.
 */
import { preview } from "../preview-organization.ts";
import type { PreviewRequest } from "../run-types.ts";

const request = JSON.parse(process.argv[2] ?? "{}") as PreviewRequest;
const run = await preview(request);
run.writeJson((text) => {
  process.stdout.write(text);
});
const cached = run.stacks.filter((stack) => stack.cached).map((stack) => stack.stack);
process.stderr.write(JSON.stringify({ cached }));
run.dispose();
