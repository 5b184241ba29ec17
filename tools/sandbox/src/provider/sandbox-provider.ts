import type {
  AwsModel,
  Cloud,
  CloudAnswer,
  CloudChange,
  CloudResource,
  PlainRecord,
  Scope,
} from "@atoll/aws-model";
import { AtollError } from "@atoll/core";

import type { Faults } from "../faults/faults.ts";
import type { AccountStore } from "../store/account-store.ts";
import { keyOf } from "../store/account-state.ts";
import { storedCloud } from "../store/stored-cloud.ts";
import { apiError } from "./api-error.ts";
import { checkResource, type CheckAnswer, type CheckRequest } from "./check.ts";
import type { Configuration } from "./configuration.ts";
import { diffResource, type DiffAnswer, type DiffRequest } from "./diff.ts";
import { answerDataSource, type InvokeAnswer } from "./invoke.ts";
import { previewOutputs } from "./preview-outputs.ts";
import { readInputs } from "./read-inputs.ts";
import { parseUrn } from "./urn.ts";
import { withoutBookkeeping, withoutUnknowns } from "./values.ts";

/** What the provider stands on. */
export interface SandboxProviderOptions {
  readonly model: AwsModel;
  readonly store: AccountStore;
  readonly faults: Faults;
  readonly configuration: Configuration;
}

/** A resource as the provider answers it. */
export interface ResourceAnswer {
  readonly id: string;
  readonly outputs: PlainRecord;
}

/**
 * Answers for the resources of one stack as the AWS provider would, from the AWS model and the account's file. It holds
 * nothing itself: what it says is on disk before it says so.
 */
export class SandboxProvider {
  readonly #options: SandboxProviderOptions;

  constructor(options: SandboxProviderOptions) {
    this.#options = options;
  }

  /** Checks and completes a resource's inputs. */
  check(request: CheckRequest): CheckAnswer {
    const { model, configuration } = this.#options;
    return checkResource(request, model, configuration.scope);
  }

  /** What a deployment would change. */
  diff(request: DiffRequest): DiffAnswer {
    return diffResource(request, this.#options.model);
  }

  /** What a preview may know of a resource that is to be made or changed. */
  preview(
    urn: string,
    inputs: PlainRecord,
    old?: { readonly id: string; readonly inputs: PlainRecord; readonly outputs: PlainRecord },
  ): PlainRecord {
    return previewOutputs(this.#options.model, { urn, inputs, old, scope: this.#scope(inputs) });
  }

  /** @throws ApiError where AWS would refuse */
  async create(urn: string, inputs: PlainRecord): Promise<ResourceAnswer> {
    const { type, name } = parseUrn(urn);
    const scope = this.#scope(inputs);
    const given = withoutBookkeeping(inputs);
    const made = await this.#change("create", { type, urn, id: name, scope }, (cloud, creations) =>
      this.#options.model.cloud.create(
        { type, name, urn, inputs: given, scope, salt: `sandbox-${String(creations)}` },
        cloud,
      ),
    );
    if (made === null)
      throw new AtollError("SANDBOX_NO_RESOURCE", `${urn} was made and is not there.`);
    this.#options.faults.created({ ...made, stack: parseUrn(urn).stack });
    return { id: made.id, outputs: withoutUnknowns(made.outputs) };
  }

  /** Null where the resource does not exist. `known` is what the state holds; null for an import. */
  async read(
    urn: string,
    id: string,
    known: { readonly inputs: PlainRecord; readonly outputs: PlainRecord } | null,
  ): Promise<(ResourceAnswer & { readonly inputs: PlainRecord }) | null> {
    const { type } = parseUrn(urn);
    const { faults, model } = this.#options;
    const scope = this.#scope(known?.inputs ?? {}, known?.outputs);
    await faults.before("read", { type, urn, id, region: scope.region });
    const found = await faults.consistent(
      this.#cloud(),
      (cloud) => model.cloud.read(type, id, scope, cloud),
      (answer) => answer === undefined,
    );
    if (found === undefined) return null;
    return {
      id: found.id,
      outputs: withoutUnknowns(found.outputs),
      inputs: readInputs(found, known?.inputs ?? null, model),
    };
  }

  /** @throws ApiError where AWS would refuse, or has nothing of that id */
  async update(
    urn: string,
    id: string,
    inputs: PlainRecord,
    oldOutputs: PlainRecord,
  ): Promise<ResourceAnswer> {
    const { type } = parseUrn(urn);
    const scope = this.#scope(inputs, oldOutputs);
    const given = withoutBookkeeping(inputs);
    const { model } = this.#options;
    const changed = await this.#change("update", { type, urn, id, scope }, (cloud) => {
      const current = model.cloud.read(type, id, scope, cloud);
      return current === undefined
        ? { refusals: [{ code: "NotFound", message: `couldn't find resource ${id}` }] }
        : model.cloud.update(current, given, scope, cloud);
    });
    return { id, outputs: withoutUnknowns(changed?.outputs ?? oldOutputs) };
  }

  /** What is gone already is no error. @throws ApiError where AWS would refuse */
  async delete(
    urn: string,
    id: string,
    olds: { readonly inputs: PlainRecord; readonly outputs: PlainRecord },
  ): Promise<void> {
    const { type } = parseUrn(urn);
    const scope = this.#scope(olds.inputs, olds.outputs);
    const { model } = this.#options;
    await this.#change("delete", { type, urn, id, scope }, (cloud) => {
      const current = model.cloud.read(type, id, scope, cloud);
      if (current === undefined) return { resource: null, change: { put: [], remove: [] } };
      const answer = model.cloud.remove(current, cloud);
      return "refusals" in answer
        ? answer
        : { ...answer, change: withLeft(current, answer.change) };
    });
  }

  /** @throws ApiError where the faults say so */
  async invoke(token: string, args: PlainRecord): Promise<InvokeAnswer> {
    const { model, configuration, faults, store } = this.#options;
    const { region } = configuration.scope;
    await faults.before("invoke", { type: token, urn: "", id: "", region });
    const { organization } = store;
    return answerDataSource(token, args, { model, configuration, organization });
  }

  async #change(
    kind: keyof typeof VERBS,
    subject: Subject,
    answer: (cloud: Cloud, creations: number) => CloudAnswer | LooseRefusals,
  ): Promise<CloudResource | null> {
    const { faults } = this.#options;
    const { type, urn, id, scope } = subject;
    const call = { type, urn, id, region: scope.region };
    await faults.before(kind, call);
    const result = await faults.consistent(
      this.#cloud(),
      (cloud) => this.#decide(kind, urn, (creations) => answer(cloud, creations)),
      (decided) => "refusals" in decided,
    );
    if ("refusals" in result) throw apiError(VERBS[kind], { type, id }, result.refusals);
    faults.after(kind, call);
    return result.resource;
  }

  /** Asks the model and writes what it answers, while nobody else changes the account. */
  #decide(
    kind: keyof typeof VERBS,
    urn: string,
    answer: (creations: number) => CloudAnswer | LooseRefusals,
  ): Decided {
    const { store, configuration } = this.#options;
    return store.change<Decided>(configuration.account.id, (account) => {
      const answered = answer(account.creations);
      if ("refusals" in answered) return { result: answered };
      const { resource, change } = answered;
      // What is left of a deleted resource is nobody's any more.
      const urns: [string, string | null][] =
        resource === null ? change.put.map((put) => [keyOf(put), null]) : [[keyOf(resource), urn]];
      return { result: { resource }, change, urns: new Map(urns), isCreation: kind === "create" };
    });
  }

  #cloud() {
    return storedCloud(this.#options.store);
  }

  /** The provider's scope in a resource's own region. */
  #scope(inputs: PlainRecord, outputs: PlainRecord = {}): Scope {
    const { scope } = this.#options.configuration;
    const region = inputs["region"] ?? outputs["region"];
    return typeof region === "string" && region !== "" ? { ...scope, region } : scope;
  }
}

/** A default of AWS's stays when it is deleted: it is written once more, as nobody's. */
function withLeft(current: CloudResource, change: CloudChange): CloudChange {
  const key = keyOf(current);
  const isTold = [...change.put, ...change.remove].some((item) => keyOf(item) === key);
  return isTold ? change : { ...change, put: [...change.put, current] };
}

interface Subject {
  readonly type: string;
  readonly urn: string;
  readonly id: string;
  readonly scope: Scope;
}

/** What a call came to. */
type Decided = { readonly resource: CloudResource | null } | LooseRefusals;

interface LooseRefusals {
  readonly refusals: readonly { readonly code: string; readonly message: string }[];
}

const VERBS = {
  create: "creating",
  update: "updating",
  delete: "deleting",
} as const;
