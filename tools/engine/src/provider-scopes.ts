import type { PlainValue, Scope } from "@atoll/aws-model";

import { sha256 } from "./sha256.ts";

const PROVIDER_PREFIX = "pulumi:providers:";

/** True for the type of a provider resource. */
export function isProvider(type: string): boolean {
  return type.startsWith(PROVIDER_PREFIX);
}

/** Which account and region the resources of each provider live in. */
export class ProviderScopes {
  readonly #fallback: Scope;
  readonly #scopes = new Map<string, Scope>();

  /** @param fallback scope of what has no provider that is known */
  constructor(fallback: Scope) {
    this.#fallback = fallback;
  }

  /** Adds a provider by its inputs; the result is its id and the accounts that it is bound to. */
  add(
    urn: string,
    inputs: Readonly<Record<string, PlainValue>>,
  ): { readonly id: string; readonly accountIds: readonly string[] } {
    const id = uuidOf(urn);
    const allowed = parsed(inputs["allowedAccountIds"]);
    const accountIds = Array.isArray(allowed)
      ? allowed.filter((item) => typeof item === "string")
      : [];
    const { tags } = (parsed(inputs["defaultTags"]) ?? {}) as {
      readonly tags?: Readonly<Record<string, string>>;
    };
    const { region } = inputs;
    this.#scopes.set(`${urn}::${id}`, {
      partition: this.#fallback.partition,
      accountId: accountIds[0] ?? this.#fallback.accountId,
      region: typeof region === "string" ? region : this.#fallback.region,
      ...(tags === undefined ? {} : { defaultTags: tags }),
    });
    return { id, accountIds };
  }

  /** Where a resource lives: its own `region` comes before its provider's. */
  of(provider: string, inputs: Readonly<Record<string, PlainValue>> = {}): Scope {
    const scope = this.#scopes.get(provider) ?? this.#fallback;
    const { region } = inputs;
    return typeof region === "string" && region !== "" ? { ...scope, region } : scope;
  }
}

/** An id of the shape that the engine gives to providers. */
function uuidOf(urn: string): string {
  const hash = sha256(urn);
  const parts = [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ];
  return parts.map(([from, to]) => hash.slice(from, to)).join("-");
}

/** A provider's arguments arrive as JSON text. */
function parsed(value: PlainValue | undefined): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}
