import { hash } from "node:crypto";

import { stableJson } from "@atoll/core";

import type { ExportedState } from "./deployment.ts";

/** Attributes of a resource that say where in the program it was made: no change of the state. */
const WHERE_IT_WAS_MADE = new Set(["sourcePosition", "stackTrace"]);

/**
 * Names what a state says: the SHA-256 of its resources and pending operations. It is the same for the same content,
 * whichever backend it comes from; when it was written does not count. Secrets count as ciphertext, and Pulumi may
 * encrypt them anew whenever it writes: then it differs although no value does.
 *
 * @returns 64 hexadecimal digits; the same for no stack and for one without resources
 */
export function stateVersion(state: ExportedState | null): string {
  const { resources = [], pending_operations: pending = [] } = state?.deployment ?? {};
  const said = {
    resources: resources.map(content),
    pending: pending.map(({ type, resource }) => ({ type, resource: content(resource) })),
  };
  return hash("sha256", stableJson(said), "hex");
}

/** The outputs of a stack by name, secrets as ciphertext; empty when it has none. */
export function stackOutputs(state: ExportedState | null): Readonly<Record<string, unknown>> {
  const stack = state?.deployment.resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
  return stack?.outputs ?? {};
}

/**
 * The SHA-256 of a stack's outputs. It tells nothing of a secret: that counts as ciphertext. The hash of outputs with a
 * secret may therefore change when Pulumi writes the state, never while the state is as it was.
 */
export function outputsHash(state: ExportedState | null): string {
  return hash("sha256", stableJson(stackOutputs(state)), "hex");
}

function content(resource: object): object {
  return Object.fromEntries(
    Object.entries(resource).filter(([name]) => !WHERE_IT_WAS_MADE.has(name)),
  );
}
