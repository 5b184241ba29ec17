import type { Cloud, CloudChange, CloudKey, CloudResource } from "./cloud.ts";

/** What {@link cloudOf} is told besides the resources. */
export interface CloudOptions {
  /** Whether nothing exists besides the resources. @default true */
  readonly complete?: boolean;
  /** Quotas of an account, the most particular first. @default none */
  readonly quotas?: (accountId: string) => readonly Readonly<Record<string, number>>[];
}

/** A cloud in memory, to which changes can be applied. */
export interface MemoryCloud extends Cloud {
  /** Everything, account by account, in the order in which it was made. */
  all(): readonly CloudResource[];
  apply(change: CloudChange): void;
}

/** A cloud with these resources. Of two with the same key, the later one stands. */
export function cloudOf(
  resources: readonly CloudResource[] = [],
  options: CloudOptions = {},
): MemoryCloud {
  const cloud = new Memory(options);
  cloud.apply({ put: resources, remove: [] });
  return cloud;
}

type ById = Map<string, CloudResource>;

/** By account and type, and there by region and id: the two ways in which the model looks. */
class Memory implements MemoryCloud {
  readonly complete: boolean;
  readonly quotas: NonNullable<CloudOptions["quotas"]>;
  readonly #accounts = new Map<string, Map<string, ById>>();

  constructor(options: CloudOptions) {
    this.complete = options.complete ?? true;
    this.quotas = options.quotas ?? (() => []);
  }

  get accountIds(): readonly string[] {
    return [...this.#accounts.keys()];
  }

  all(): readonly CloudResource[] {
    return [...this.#accounts.values()].flatMap((types) =>
      [...types.values()].flatMap((byId) => [...byId.values()]),
    );
  }

  find(accountId: string, type: string, id: string, region?: string): CloudResource | undefined {
    const byId = this.#accounts.get(accountId)?.get(type);
    if (byId === undefined) return undefined;
    if (region !== undefined) return byId.get(`${region}|${id}`);
    return [...byId.values()].find((resource) => resource.id === id);
  }

  list(accountId: string, type: string): readonly CloudResource[] {
    return [...(this.#accounts.get(accountId)?.get(type)?.values() ?? [])];
  }

  apply({ put, remove }: CloudChange): void {
    for (const key of remove) {
      const types = this.#accounts.get(key.accountId);
      const byId = types?.get(key.type);
      byId?.delete(inType(key));
      if (byId?.size === 0) types?.delete(key.type);
      if (types?.size === 0) this.#accounts.delete(key.accountId);
    }
    for (const resource of put) {
      const types = entry(this.#accounts, resource.accountId, () => new Map<string, ById>());
      entry(types, resource.type, () => new Map()).set(inType(resource), resource);
    }
  }
}

function inType({ region, id }: Pick<CloudKey, "region" | "id">): string {
  return `${region}|${id}`;
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
