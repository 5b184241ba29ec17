import { resolve } from "node:path";

/** The absolute path of the workspace that this engine is part of. */
export function workspaceRoot(): string {
  return resolve(import.meta.dirname, "../../..");
}
