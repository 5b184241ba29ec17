import { relative, resolve, sep } from "node:path";

/** The absolute path of the workspace that this engine is part of. */
export function workspaceRoot(): string {
  return resolve(import.meta.dirname, "../../..");
}

/** A file's path as problems show it: relative to the workspace, with forward slashes; absolute outside of it. */
export function workspacePath(file: string, root: string): string {
  const path = relative(root, file);
  return path.startsWith("..") ? file : path.split(sep).join("/");
}
