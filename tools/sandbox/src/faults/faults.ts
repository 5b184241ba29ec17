import type { Cloud, CloudKey } from "@atoll/aws-model";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { apiError, type Verb } from "../provider/api-error.ts";
import { parseUrn } from "../provider/urn.ts";
import type { CallCounter } from "./call-counter.ts";
import type { CallFilter, CallKind, FaultPlan } from "./fault-plan.ts";

/** One call of the provider to AWS. */
export interface Call {
  readonly type: string;
  /** Empty for a data source. */
  readonly urn: string;
  readonly id: string;
  readonly region: string;
}

/** What the faults need of the world. */
export interface FaultsOptions {
  readonly plan: FaultPlan;
  readonly counter: CallCounter;
  /** Sends SIGKILL. */
  readonly kill: (process: "provider" | "engine") => void;
}

/** How long the provider waits before it tries again, in milliseconds; AWS's SDK waits longer. */
const PAUSE_MILLISECONDS = 20;

const VERBS: Readonly<Record<CallKind, Verb>> = {
  create: "creating",
  update: "updating",
  delete: "deleting",
  read: "reading",
  invoke: "reading",
};

/** Makes go wrong what a plan of faults says, the same way in every run. */
export class Faults {
  readonly #options: FaultsOptions;
  /** Look-ups that do not find what was made, by resource. */
  readonly #hidden = new Map<string, number>();
  #missed = 0;

  constructor(options: FaultsOptions) {
    this.#options = options;
  }

  /** Before AWS does anything. @throws ApiError where the plan says so */
  async before(kind: CallKind, call: Call): Promise<void> {
    const { plan } = this.#options;
    await pause(plan.latencyMilliseconds ?? 0);
    this.#kill("before", kind, call);
    if (plan.unavailableRegions?.includes(call.region) === true) {
      const message = `The service is unavailable in ${call.region}`;
      throw apiError(VERBS[kind], call, [{ code: "ServiceUnavailable", message, statusCode: 503 }]);
    }
    await this.#throttle(kind, call);
    this.#fail(kind, call);
  }

  /** After AWS has done it, before anybody is told. */
  after(kind: CallKind, call: Call): void {
    this.#kill("after", kind, call);
  }

  /** Takes note of what was made, which AWS may not find for a while. */
  created(resource: CloudKey & { readonly stack: string }): void {
    const fault = this.#options.plan.eventualConsistency;
    if (fault === undefined) return;
    const { type, stack } = resource;
    if (takes(fault, "create", type, stack)) this.#hidden.set(nameOf(resource), fault.lookups ?? 1);
  }

  /** How often the provider looks again for what it does not find. */
  get lookupRetries(): number {
    const fault = this.#options.plan.eventualConsistency;
    return fault === undefined ? 0 : (fault.retries ?? 5);
  }

  /**
   * Runs what looks at the cloud, and runs it again, as the provider does, while it misses what was made a moment ago.
   *
   * @param isMiss whether the answer is that something is not there
   */
  async consistent<T>(
    cloud: Cloud,
    look: (cloud: Cloud) => T,
    isMiss: (answer: T) => boolean,
  ): Promise<T> {
    if (this.#hidden.size === 0) return look(cloud);
    for (let attempt = 0; ; attempt += 1) {
      this.#missed = 0;
      const answer = look(this.#blurred(cloud));
      if (this.#missed === 0 || !isMiss(answer) || attempt >= this.lookupRetries) return answer;
      await sleep(PAUSE_MILLISECONDS);
    }
  }

  /** The cloud without what AWS does not find yet. Each of them is missed once for every way in which it is looked for. */
  #blurred(cloud: Cloud): Cloud {
    const counted = new Set<string>();
    const isThere = (resource: CloudKey): boolean => {
      const name = nameOf(resource);
      const left = this.#hidden.get(name);
      if (left === undefined) return true;
      this.#missed += 1;
      if (counted.has(name)) return false;
      counted.add(name);
      if (left <= 1) this.#hidden.delete(name);
      else this.#hidden.set(name, left - 1);
      return false;
    };
    const once = new Map<string, boolean>();
    const shown = (resource: CloudKey): boolean => {
      const name = nameOf(resource);
      const known = once.get(name) ?? isThere(resource);
      once.set(name, known);
      return known;
    };
    return {
      accountIds: cloud.accountIds,
      complete: cloud.complete,
      quotas: (accountId) => cloud.quotas(accountId),
      find: (accountId, type, id, region) => {
        const found = cloud.find(accountId, type, id, region);
        return found === undefined || shown(found) ? found : undefined;
      },
      list: (accountId, type) => cloud.list(accountId, type).filter(shown),
    };
  }

  #kill(when: "before" | "after", kind: CallKind, call: Call): void {
    const { plan, counter, kill } = this.#options;
    for (const [index, fault] of (plan.kills ?? []).entries()) {
      if ((fault.when ?? "before") !== when || !takesCall(fault, kind, call)) continue;
      if (counter.count(`kill ${String(index)} ${JSON.stringify(fault)}`) === fault.call) {
        kill(fault.process ?? "provider");
      }
    }
  }

  #fail(kind: CallKind, call: Call): void {
    const { plan, counter } = this.#options;
    for (const [index, fault] of (plan.failures ?? []).entries()) {
      if (!takesCall(fault, kind, call)) continue;
      if (counter.count(`failure ${String(index)} ${JSON.stringify(fault)}`) !== fault.call)
        continue;
      const { code = "InternalError", message = "An internal error occurred" } = fault;
      throw apiError(VERBS[kind], call, [{ code, message, statusCode: 500 }]);
    }
  }

  async #throttle(kind: CallKind, call: Call): Promise<void> {
    const { plan, counter } = this.#options;
    const fault = plan.throttling;
    if (fault === undefined || !takesCall(fault, kind, call)) return;
    const key = `throttling ${kind} ${call.urn === "" ? call.type : call.urn}`;
    for (let attempt = 0; ; attempt += 1) {
      const drawn = draw(`${String(plan.seed ?? 0)} ${key} ${String(counter.count(key))}`);
      if (drawn >= fault.rate) return;
      if (attempt >= (fault.retries ?? 0)) {
        // EC2 has a code of its own: its API reference, "Error codes", read 2026-11-27.
        const isEc2 = /^aws:(?:ec2|ebs|vpc)\//u.test(call.type);
        const code = isEc2 ? "RequestLimitExceeded" : "ThrottlingException";
        const message = isEc2 ? "Request limit exceeded." : "Rate exceeded";
        throw apiError(VERBS[kind], call, [{ code, message, statusCode: isEc2 ? 503 : 400 }]);
      }
      await sleep(PAUSE_MILLISECONDS);
    }
  }
}

function takesCall(fault: CallFilter, kind: CallKind, call: Call): boolean {
  return takes(fault, kind, call.type, call.urn === "" ? "" : parseUrn(call.urn).stack);
}

function takes({ calls, types, stacks }: CallFilter, kind: CallKind, type: string, stack: string) {
  return (
    (calls?.includes(kind) ?? true) &&
    (types?.includes(type) ?? true) &&
    (stacks?.includes(stack) ?? true)
  );
}

function nameOf({ accountId, region, type, id }: CloudKey): string {
  return [accountId, region, type, id].join(" ");
}

/** A number from 0 to 1, the same for the same key. */
function draw(key: string): number {
  return createHash("sha256").update(key).digest().readUInt32BE() / 2 ** 32;
}

async function pause(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds);
}
