import { AtollError } from "@atoll/core";
import { z } from "zod";

import type { RunRecord, StackRecord } from "./records.ts";

const text = z.string();
const maybe = text.nullable();

const runShape = z.object({
  version: z.literal(1),
  id: text,
  organization: text,
  command: text,
  target: z.enum(["sandbox", "aws", "emulator"]),
  startedAt: text,
  endedAt: maybe,
  host: text,
  pid: z.number(),
  user: text,
  stacks: z.array(text),
});

const stackShape = z.object({
  version: z.literal(1),
  run: text,
  stack: text,
  status: z.enum(["waiting", "running", "ok", "unchanged", "failed", "blocked", "cancelled"]),
  reason: text,
  inputHash: maybe,
  needs: z.record(text, text),
  stateBefore: maybe,
  stateAfter: maybe,
  outputsHash: maybe,
  startedAt: maybe,
  endedAt: maybe,
  durationMilliseconds: z.number().nullable(),
  logFile: maybe,
  counts: z.record(text, z.number()),
  operations: z.array(
    z.object({
      urn: text,
      type: text,
      predicted: maybe,
      happened: maybe,
      state: z.enum(["done", "failed", "lost", "running", "none"]),
    }),
  ),
  uncertain: z.array(text),
});

/**
 * Reads a run's record. Attributes that it does not know are left out.
 *
 * @returns null for text that is not one: cut off, or of another shape
 * @throws AtollError `LEDGER_NEWER` when a newer Atoll wrote it
 */
export function parseRun(json: string, name: string): RunRecord | null {
  return parse(json, name, runShape);
}

/**
 * Reads a stack's record. Attributes that it does not know are left out.
 *
 * @returns null for text that is not one: cut off, or of another shape
 * @throws AtollError `LEDGER_NEWER` when a newer Atoll wrote it
 */
export function parseStack(json: string, name: string): StackRecord | null {
  return parse(json, name, stackShape);
}

function parse<T>(json: string, name: string, shape: z.ZodType<T>): T | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const { version } = (value ?? {}) as { readonly version?: unknown };
  if (typeof version === "number" && version > 1) {
    throw new AtollError(
      "LEDGER_NEWER",
      `The run ledger's record ${name} has version ${String(version)}; this Atoll reads version 1. Use the Atoll that wrote it, or a newer one.`,
    );
  }
  return shape.safeParse(value).data ?? null;
}
