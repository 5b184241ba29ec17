import { sep } from "node:path";
import { fileURLToPath } from "node:url";

import type { SourceLocation } from "@atoll/core";
import type { StackTrace } from "@pulumi/pulumi/proto/source_pb.js";

import { workspacePath } from "./workspace-root.ts";

/**
 * The line that a person wrote: the first frame inside the workspace that is neither a dependency nor part of the
 * engine. Undefined where there is none.
 */
export function locate(trace: unknown, root: string): SourceLocation | undefined {
  const frames = (trace as StackTrace | undefined)?.getFramesList() ?? [];
  for (const frame of frames) {
    const position = frame.getPc();
    if (position === undefined || !position.getUri().startsWith("file:")) continue;
    // The SDK takes an ES module's URL for a path, and makes a URL of it once more.
    const path = fileURLToPath(position.getUri()).replace(/^.*\/file:\/+/u, "/");
    const location = inWorkspace(path, position.getLine(), root);
    if (location !== undefined) return location;
  }
  return undefined;
}

/**
 * As `locate`, from an error's stack. A program's own line comes before one in the packages that it called: an error is
 * mostly about how they were called.
 */
export function locateError(error: Error, root: string): SourceLocation | undefined {
  const found: SourceLocation[] = [];
  for (const frame of (error.stack ?? "").split("\n").slice(1)) {
    const match = /(?:\(|\s)((?:file:\/\/)?\/[^()\s]+?):(\d+)(?::\d+)?\)?$/u.exec(frame.trim());
    if (match?.[1] === undefined) continue;
    const path = match[1].startsWith("file:") ? fileURLToPath(match[1]) : match[1];
    const location = inWorkspace(path, Number(match[2]), root);
    if (location !== undefined) found.push(location);
  }
  return found.find(({ file }) => !file.startsWith("packages/")) ?? found[0];
}

const ENGINE_FOLDER = import.meta.dirname;

function inWorkspace(path: string, line: number, root: string): SourceLocation | undefined {
  if (path.includes(`${sep}node_modules${sep}`) || path.startsWith(ENGINE_FOLDER + sep)) {
    return undefined;
  }
  return { file: workspacePath(path, root), line };
}
