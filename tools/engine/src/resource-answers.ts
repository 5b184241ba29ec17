import { UNKNOWN, type AwsModel, type PlainValue, type Scope } from "@atoll/aws-model";
import { compareText } from "@atoll/core";

import { StackIntegrity, type Quotas } from "./integrity.ts";
import {
  defaultProviderProblem,
  providerAccountProblem,
  unknownTypeProblem,
} from "./monitor-problems.ts";
import type { ProblemLog, Subject } from "./problem-log.ts";
import { isProvider, ProviderScopes } from "./provider-scopes.ts";
import { sha256 } from "./sha256.ts";
import {
  fromPlain,
  holdsSecret,
  secretOf,
  toPlainProperties,
  type WireProperties,
  type WireValue,
} from "./wire.ts";

/** What the answers depend on. */
export interface ResourceAnswersOptions {
  readonly model: AwsModel;
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly stack: string;
  readonly accountId: string;
  readonly partition: Scope["partition"];
  readonly homeRegion: string;
  /** Quotas that hold in the account, the most particular first. */
  readonly quotas: Quotas;
  /** Outputs of the stacks that this one needs, by stack name. */
  readonly needs: Readonly<Record<string, WireProperties>>;
  /** Leave computed outputs unknown. */
  readonly unknowns: boolean;
}

/** A custom resource that the provider is asked about. */
export interface AskedResource extends Subject {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly provider: string;
  readonly inputs: WireProperties;
}

/** What the provider would answer. */
export interface Answered {
  readonly id: string;
  readonly state: WireProperties;
}

/** Answers in the provider's place, from the AWS model. What is wrong goes into the log. */
export class ResourceAnswers {
  readonly #options: ResourceAnswersOptions;
  readonly #log: ProblemLog;
  readonly #scopes: ProviderScopes;
  readonly #integrity: StackIntegrity;

  constructor(options: ResourceAnswersOptions, log: ProblemLog) {
    const { partition, accountId, homeRegion } = options;
    this.#options = options;
    this.#log = log;
    this.#integrity = new StackIntegrity(options.model, options.quotas);
    this.#scopes = new ProviderScopes({ partition, accountId, region: homeRegion });
  }

  /** A resource that the program declares. `importId` is that of an existing one that it takes over. */
  declared(
    resource: AskedResource,
    given: { readonly importId: string; readonly secrets: readonly string[] },
  ): Answered {
    const { type } = resource;
    const { model, root } = this.#options;
    const inputs = toPlainProperties(resource.inputs, root);
    if (isProvider(type)) return this.#provider(resource, inputs);
    if (model.knows(type)) {
      const scope = this.#scopes.of(resource.provider, inputs);
      for (const finding of model.check(type, inputs, scope)) this.#log.add(resource, finding);
    }
    const id = given.importId === "" ? undefined : given.importId;
    return this.#plan(resource, inputs, id, given.secrets, true);
  }

  /** A resource that the program only reads. What is not the program's is not checked. */
  existing(resource: AskedResource, id: string): Answered {
    const inputs = toPlainProperties(resource.inputs, this.#options.root);
    return this.#plan(resource, inputs, id, [], false);
  }

  /** Another stack of the organization, by its full name. */
  stackReference(id: string): Answered {
    const stack = id.split("/").at(-1) ?? id;
    const outputs = this.#options.needs[stack] ?? {};
    const secrets = Object.keys(outputs).filter((key) => holdsSecret(outputs[key]));
    return { id, state: { name: id, outputs, secretOutputNames: secrets.sort(compareText) } };
  }

  /** A data source; undefined when there is no answer, and the log says why. */
  call(
    subject: Subject,
    token: string,
    provider: string,
    args: WireProperties,
  ): WireProperties | undefined {
    const { model, root } = this.#options;
    if (provider === "") this.#log.addError(subject, defaultProviderProblem(token));
    const scope = this.#scopes.of(provider);
    const answer = model.invoke({ token, args: toPlainProperties(args, root), scope });
    if (!("problem" in answer)) return fromPlain(answer.value) as WireProperties;
    this.#log.add(subject, answer.problem);
    return undefined;
  }

  #plan(
    resource: AskedResource,
    inputs: Record<string, PlainValue>,
    id: string | undefined,
    secrets: readonly string[],
    isDeclared: boolean,
  ): Answered {
    const { type, name, urn, inputs: wire } = resource;
    const { model, unknowns } = this.#options;
    if (resource.provider === "") this.#log.addError(resource, defaultProviderProblem(type));
    if (!model.knows(type)) {
      this.#log.addError(resource, unknownTypeProblem(type));
      return { id: id ?? sha256(urn).slice(0, 16), state: wire };
    }
    const scope = this.#scopes.of(resource.provider, inputs);
    const given = id === undefined ? {} : { id };
    const answer = model.plan({ type, name, urn, inputs, scope, ...given });
    if (isDeclared) {
      const isImported = id !== undefined;
      const asked = { type, name, urn, inputs, wire, scope, planned: answer, isImported };
      for (const finding of this.#integrity.add(asked)) this.#log.add(resource, finding);
    }
    const hidden = new Set(unknowns ? answer.computed : []);
    const secret = new Set(secrets);
    // A secret tag must not come back in the clear under the name that the provider gives it.
    if (holdsSecret(wire["tags"])) secret.add("tagsAll");
    const state: Record<string, WireValue> = {};
    for (const [key, value] of Object.entries(answer.outputs)) {
      const input = wire[key];
      const output =
        input !== undefined && (value === inputs[key] || holdsSecret(input))
          ? input
          : fromPlain(hidden.has(key) ? UNKNOWN : value);
      state[key] = secret.has(key) && !holdsSecret(output) ? secretOf(output) : output;
    }
    return { id: answer.id, state };
  }

  /** A provider: from then on, resources that name it live in its account and region. */
  #provider(resource: AskedResource, inputs: Readonly<Record<string, PlainValue>>): Answered {
    const { accountId, stack } = this.#options;
    const { id, accountIds } = this.#scopes.add(resource.urn, inputs);
    if (resource.type === "pulumi:providers:aws" && !accountIds.includes(accountId)) {
      const problem = providerAccountProblem(stack, accountId, accountIds);
      this.#log.addError(resource, problem, "allowedAccountIds");
    }
    return { id, state: resource.inputs };
  }
}
