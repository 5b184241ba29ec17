import { runForeground } from "./processes.mjs";
import { nodeIn } from "./node-binary.mjs";

/** What Node 24 runs to prepare the tables that the first preview would otherwise wait for. */
const PREPARE_TABLES = `
  const { generateTables, tablesReady } = await import("@atoll/aws-model");
  if (!tablesReady()) generateTables();
`;

/**
 * Prepares once what is slow the first time. Nothing depends on it: whoever needs the tables makes them when they are
 * missing, so a failure here only costs time later.
 *
 * @param {string} root
 * @param {(text: string) => void} onOutput
 */
export async function warmUp(root, onOutput) {
  await runForeground(nodeIn(root), ["--input-type=module", "--eval", PREPARE_TABLES], {
    cwd: root,
    env: process.env,
    onOutput,
  });
}
