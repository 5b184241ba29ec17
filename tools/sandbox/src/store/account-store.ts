import type { CloudChange, CloudResource } from "@atoll/aws-model";
import { readFileSync, statSync, type BigIntStats } from "node:fs";
import { join } from "node:path";

import { AtollError, compareText } from "@atoll/core";

import { parseAccount, renderAccount, type StoredResource } from "./account-file.ts";
import { withAccountLock } from "./account-lock.ts";
import { AccountState } from "./account-state.ts";
import { accountById, type SandboxOrganization, type VendedAccount } from "./organization-file.ts";
import { resolveAccounts } from "./resolve-accounts.ts";
import { writeAtomic } from "./write-atomic.ts";

/** What a call changes, and whose URN goes with it. */
export interface Decision<T> {
  readonly result: T;
  /** @default nothing changes */
  readonly change?: CloudChange;
  /** URNs by `keyOf`; null for what no program has any longer. @default those that are there stay */
  readonly urns?: ReadonlyMap<string, string | null>;
  /** Whether a resource is made, which counts the account's creations on. @default false */
  readonly isCreation?: boolean;
}

/** What the store is made of. */
export interface AccountStoreOptions {
  /** The sandbox's folder. */
  readonly folder: string;
  readonly organization: SandboxOrganization;
  /** What AWS has in a fresh account. */
  readonly seed: (account: VendedAccount) => readonly CloudResource[];
}

interface Cached {
  readonly state: AccountState;
  readonly version: string;
}

/**
 * The accounts of a sandbox on disk. Reads see a whole file, without a lock; changes are made one at a time per account,
 * over all processes. An account without a file is as AWS hands it out.
 */
export class AccountStore {
  readonly organization: SandboxOrganization;
  readonly #options: AccountStoreOptions;
  readonly #cache = new Map<string, Cached>();

  constructor(options: AccountStoreOptions) {
    this.#options = options;
    this.organization = options.organization;
  }

  /** The account's file. */
  fileOf(accountId: string): string {
    return accountFileOf(this.#options.folder, accountId);
  }

  /** Ids of the vended accounts, in the organization's order. */
  accountIds(): readonly string[] {
    return resolveAccounts(this.organization).map(({ id }) => id);
  }

  /**
   * An account as it stands.
   *
   * @throws AtollError `SANDBOX_ACCOUNT_UNKNOWN` and the codes of `parseAccount`
   */
  read(accountId: string): AccountState {
    const file = this.fileOf(accountId);
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    const version = stats === undefined ? "" : versionOf(stats);
    const cached = this.#cache.get(accountId);
    if (cached?.version === version) return cached.state;
    const state = stats === undefined ? this.#fresh(accountId) : this.#load(file, accountId);
    this.#cache.set(accountId, { state, version });
    return state;
  }

  /**
   * Decides on a change while nobody else changes the account, and writes it. What the change touches in other accounts
   * is locked too; the decision is then made again.
   *
   * @throws AtollError `SANDBOX_NOT_WRITTEN`, `SANDBOX_LOCKED` and what `read` throws; nothing is changed then
   */
  change<T>(accountId: string, decide: (account: AccountState) => Decision<T>): T {
    let accounts: readonly string[] = [accountId];
    for (;;) {
      const outcome = this.#locked(accounts, () => {
        const decision = decide(this.read(accountId));
        const touched = touchedBy(decision.change, accountId);
        if (!touched.every((id) => accounts.includes(id))) return { touched };
        this.#write(decision, accountId);
        return { result: decision.result };
      });
      if ("touched" in outcome) accounts = outcome.touched;
      else return outcome.result;
    }
  }

  /** Writes the file of an account that has none; false where it has one. */
  ensure(accountId: string): boolean {
    return this.#locked([accountId], () => {
      const file = this.fileOf(accountId);
      if (statSync(file, { throwIfNoEntry: false }) !== undefined) return false;
      this.#save(accountId, this.#fresh(accountId));
      return true;
    });
  }

  /** Makes an account as AWS hands it out, whatever its file holds. */
  reset(accountId: string): void {
    this.#locked([accountId], () => {
      this.#save(accountId, this.#fresh(accountId));
    });
  }

  /** What AWS has in the account when it hands it out. */
  seedOf(accountId: string): readonly StoredResource[] {
    return this.#fresh(accountId).all();
  }

  #write<T>(decision: Decision<T>, own: string): void {
    const { change, urns = new Map<string, string | null>(), isCreation = false } = decision;
    if (change === undefined) return;
    // The own account comes last: what it says about the others is then true.
    const ids = touchedBy(change, own).filter((id) => id !== own);
    for (const id of [...ids, own]) {
      const state = this.read(id);
      const of = (item: { readonly accountId: string }) => item.accountId === id;
      const part = { put: change.put.filter(of), remove: change.remove.filter(of) };
      state.apply(part, urns, isCreation && id === own);
      this.#save(id, state);
    }
  }

  #save(accountId: string, state: AccountState): void {
    try {
      const stats = writeAtomic(this.fileOf(accountId), renderAccount(state.content()));
      this.#cache.set(accountId, { state, version: versionOf(stats) });
    } catch (error) {
      // What is in memory is ahead of the file: it is read anew.
      this.#cache.delete(accountId);
      throw error;
    }
  }

  #locked<T>(accountIds: readonly string[], action: () => T): T {
    // Always in the same order, so that two processes cannot wait for each other.
    const [first, ...rest] = [...accountIds].sort(compareText);
    if (first === undefined) return action();
    const lock = join(this.#options.folder, "locks", `${first}.lock`);
    return withAccountLock(lock, () => this.#locked(rest, action));
  }

  #load(file: string, accountId: string): AccountState {
    const organization = this.organization.organization;
    const text = readFileSync(file, "utf8");
    return new AccountState(parseAccount(text, { file, organization, accountId }));
  }

  #fresh(accountId: string): AccountState {
    const account = accountById(this.organization, accountId);
    if (account === undefined) {
      throw new AtollError(
        "SANDBOX_ACCOUNT_UNKNOWN",
        `The organization ${this.organization.organization} has no account ${accountId}.`,
      );
    }
    return new AccountState({
      organization: this.organization.organization,
      account: account.name,
      accountId,
      creations: 0,
      resources: this.#options.seed(account).map((resource) => ({ ...resource, urn: null })),
    });
  }
}

/** Where an account of a sandbox is written. */
function accountFileOf(folder: string, accountId: string): string {
  return join(folder, "accounts", `${accountId}.json`);
}

/** Tells two writings of a file apart. */
function versionOf({ ino, mtimeNs, size }: BigIntStats): string {
  return [ino, mtimeNs, size].join(" ");
}

function touchedBy(change: CloudChange | undefined, own: string): readonly string[] {
  const items = change === undefined ? [] : [...change.put, ...change.remove];
  return [...new Set([own, ...items.map(({ accountId }) => accountId)])];
}
