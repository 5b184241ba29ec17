import type { Account, Organization } from "../model.ts";

/** Finds the accounts of a kind that serve a given account. */
export interface ServiceIndex {
  /**
   * Accounts of that kind that serve the account, itself excepted, in the organization's order. At most `most` are
   * looked for, so that a badly ambiguous organization of a thousand accounts is not a million pairs.
   */
  servers(kind: string, account: Account, most: number): readonly Account[];
  /** The accounts of that kind, whomever they serve. */
  ofKind(kind: string): readonly Account[];
}

interface KindIndex {
  readonly all: Account[];
  /** Those that serve every account. */
  readonly everyone: Account[];
  /** Those that name an account, by its name. */
  readonly byName: Map<string, Account[]>;
  /** Those that name an organizational unit, by its path. */
  readonly byUnit: Map<string, Account[]>;
}

/** Indexes who serves whom: looking up one account costs no more than its depth in the tree of units. */
export function indexServices(
  organization: Organization,
  isCandidate: (account: Account) => boolean,
): ServiceIndex {
  const units = new Set(organization.organizationalUnits.map((unit) => unit.path));
  const order = new Map(organization.accounts.map((account, index) => [account.name, index]));
  const kinds = new Map<string, KindIndex>();
  for (const account of organization.accounts) {
    if (!isCandidate(account)) continue;
    const kind = kinds.get(account.kind) ?? emptyIndex();
    kinds.set(account.kind, kind);
    kind.all.push(account);
    if (account.serves === null) kind.everyone.push(account);
    for (const target of account.serves ?? []) {
      if (target === "Root") kind.everyone.push(account);
      else push(units.has(target) ? kind.byUnit : kind.byName, target, account);
    }
  }
  const position = (account: Account) => order.get(account.name) ?? 0;
  return {
    ofKind: (kind) => kinds.get(kind)?.all ?? [],
    servers(kind, account, most) {
      const index = kinds.get(kind);
      if (index === undefined) return [];
      const found = new Set<Account>();
      for (const list of listsFor(index, account)) {
        for (const server of list) {
          if (found.size >= most) break;
          if (server.name !== account.name) found.add(server);
        }
      }
      return [...found].sort((a, b) => position(a) - position(b));
    },
  };
}

function listsFor(index: KindIndex, account: Account): readonly (readonly Account[])[] {
  const lists = [index.everyone, index.byName.get(account.name) ?? []];
  let unit = account.ou;
  while (unit !== "") {
    lists.push(index.byUnit.get(unit) ?? []);
    unit = unit.slice(0, Math.max(0, unit.lastIndexOf("/")));
  }
  return lists;
}

function emptyIndex(): KindIndex {
  return { all: [], everyone: [], byName: new Map(), byUnit: new Map() };
}

function push(map: Map<string, Account[]>, key: string, account: Account): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [account]);
  else list.push(account);
}
