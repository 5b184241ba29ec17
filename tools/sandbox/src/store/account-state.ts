import type { CloudChange, CloudKey } from "@atoll/aws-model";
import type { AccountContent, StoredResource } from "./account-file.ts";

/** What names a resource within its account. */
type OwnKey = Omit<CloudKey, "accountId">;

/** One account in memory: its resources by type, region and id, in the order in which they were made. */
export class AccountState {
  readonly #head: Omit<AccountContent, "resources" | "creations">;
  readonly #types = new Map<string, Map<string, StoredResource>>();
  #all: readonly StoredResource[];
  #creations: number;

  constructor(content: AccountContent) {
    const { resources, creations, ...head } = content;
    this.#head = head;
    this.#creations = creations;
    this.#all = resources;
    for (const resource of resources) this.#index(resource);
  }

  /** How many resources calls have made so far. */
  get creations(): number {
    return this.#creations;
  }

  /** Undefined where there is none. @param region the first that has it, when it is left out */
  find(type: string, id: string, region?: string): StoredResource | undefined {
    const ofType = this.#types.get(type);
    if (region !== undefined) return ofType?.get(keyOf({ type, id, region }));
    return this.list(type).find((resource) => resource.id === id);
  }

  /** All of a type, in every region. */
  list(type: string): readonly StoredResource[] {
    return [...(this.#types.get(type)?.values() ?? [])];
  }

  /** All there is. */
  all(): readonly StoredResource[] {
    return this.#all;
  }

  /** As it is written. */
  content(): AccountContent {
    return { ...this.#head, creations: this.#creations, resources: this.#all };
  }

  /**
   * Takes over what a call changes in this account. Resources that were there keep their place.
   *
   * @param urns URNs by `keyOf`; others keep theirs
   */
  apply(change: CloudChange, urns: ReadonlyMap<string, string | null>, isCreation: boolean): void {
    const all = new Map(this.#all.map((resource) => [keyOf(resource), resource]));
    for (const gone of change.remove) {
      all.delete(keyOf(gone));
      this.#types.get(gone.type)?.delete(keyOf(gone));
    }
    for (const made of change.put) {
      const key = keyOf(made);
      const urn = urns.has(key) ? (urns.get(key) ?? null) : (all.get(key)?.urn ?? null);
      const stored: StoredResource = { ...made, urn };
      all.set(key, stored);
      this.#index(stored);
    }
    this.#all = [...all.values()];
    if (isCreation) this.#creations += 1;
  }

  #index(resource: StoredResource): void {
    let type = this.#types.get(resource.type);
    if (type === undefined) {
      type = new Map();
      this.#types.set(resource.type, type);
    }
    type.set(keyOf(resource), resource);
  }
}

/** Names a resource within its account. */
export function keyOf({ type, region, id }: OwnKey): string {
  return `${type} ${region} ${id}`;
}
