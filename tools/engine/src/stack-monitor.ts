import { UNKNOWN, type AwsModel, type Finding, type PlainValue, type Scope } from "@atoll/aws-model";
import { compareText, type JsonValue, type Problem, type SourceLocation } from "@atoll/core";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb.js";
import type * as resproto from "@pulumi/pulumi/proto/resource_pb.js";
// A CommonJS module whose exports Node cannot name: it is taken whole.
import messages from "@pulumi/pulumi/proto/resource_pb.js";

import { InProcessCallbacks } from "./in-process-callbacks.ts";
import type { ResourcePreview } from "./preview.ts";
import { readOptions, toTransformOptions, withTransformedOptions } from "./resource-options.ts";
import { locate } from "./source-location.ts";
import {
  fromPlain,
  holdsSecret,
  secretOf,
  sha256,
  toJson,
  toPlainProperties,
  type WireProperties,
  type WireValue,
} from "./wire.ts";

/** What a monitor is told of the stack it serves. */
export interface StackMonitorOptions {
  readonly model: AwsModel;
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly project: string;
  readonly stack: string;
  readonly accountId: string;
  readonly partition: Scope["partition"];
  readonly homeRegion: string;
  /** Outputs of the stacks that this one needs, by stack name. */
  readonly needs: Readonly<Record<string, WireProperties>>;
  /** Leave computed outputs unknown. */
  readonly unknowns: boolean;
  /** Say where each resource was created. */
  readonly sources: boolean;
}

type Reply<T> = (error: Error | null, response?: T) => void;

/** What is kept of a registered resource while its stack runs. */
interface Registered {
  readonly preview: ResourcePreview;
  readonly state: WireProperties;
  readonly id: string;
}

const STACK_TYPE = "pulumi:pulumi:Stack";
const STACK_REFERENCE_TYPE = "pulumi:pulumi:StackReference";
const PROVIDER_PREFIX = "pulumi:providers:";

/**
 * A resource monitor in process: it answers the SDK's requests from the AWS model, and keeps what a preview shows. It
 * serves one stack. Findings do not stop the program, so that one preview shows all of them.
 */
export class StackMonitor {
  readonly problems: Problem[] = [];
  /** Messages of errors that are in `problems`: the SDK throws them anew, as errors of its own. */
  readonly reported = new Set<string>();
  readonly callbacks: InProcessCallbacks;
  readonly #options: StackMonitorOptions;
  readonly #resources = new Map<string, Registered>();
  readonly #scopes = new Map<string, Scope>();
  #outputs: WireProperties = {};

  constructor(options: StackMonitorOptions) {
    this.#options = options;
    this.callbacks = new InProcessCallbacks(this);
  }

  /** Every resource, the stack first, then by URN. */
  get resources(): readonly ResourcePreview[] {
    const rank = (resource: ResourcePreview) => (resource.type === STACK_TYPE ? "0" : "1");
    return [...this.#resources.values()]
      .map(({ preview }) => preview)
      .sort((a, b) => compareText(rank(a) + a.urn, rank(b) + b.urn));
  }

  /** The stack's outputs as the SDK sent them. */
  get outputs(): WireProperties {
    return this.#outputs;
  }

  // ---- The SDK's interface: one method for each request. ----

  registerResource(request: resproto.RegisterResourceRequest, reply: Reply<unknown>): void {
    this.#registerResource(request).then(
      (response) => {
        reply(null, response);
      },
      (error: unknown) => {
        reply(asError(error));
      },
    );
  }

  readResource(request: resproto.ReadResourceRequest, reply: Reply<unknown>): void {
    try {
      reply(null, this.#readResource(request));
    } catch (error) {
      reply(asError(error));
    }
  }

  invoke(request: resproto.ResourceInvokeRequest, reply: Reply<unknown>): void {
    const token = request.getTok();
    const args = (request.getArgs()?.toJavaScript() ?? {}) as WireProperties;
    if (token === "pulumi:pulumi:getResource") {
      this.#getResource(args, reply);
      return;
    }
    const path = `${this.#options.stack}/${token}`;
    if (request.getProvider() === "") this.#reportDefaultProvider(path, token, undefined);
    const answer = this.#options.model.invoke({
      token,
      args: toPlainProperties(args, this.#options.root),
      scope: this.#scope(request.getProvider(), {}),
    });
    if ("problem" in answer) {
      this.#report(path, answer.problem, this.#source(request));
      this.reported.add(answer.problem.message);
      reply(Object.assign(new ReportedError(answer.problem.message), { details: answer.problem.message }));
      return;
    }
    reply(null, {
      getReturn: () => ({ toJavaScript: () => fromPlain(answer.value) }),
      getFailuresList: () => [],
      getUnknown: () => false,
    });
  }

  registerResourceOutputs(
    request: resproto.RegisterResourceOutputsRequest,
    reply: Reply<unknown>,
  ): void {
    const urn = request.getUrn();
    const outputs = (request.getOutputs()?.toJavaScript() ?? {}) as WireProperties;
    const registered = this.#resources.get(urn);
    if (registered !== undefined) {
      const preview = { ...registered.preview, outputs: toJson(outputs, this.#options.root) };
      this.#resources.set(urn, { ...registered, preview, state: outputs });
      if (preview.type === STACK_TYPE) this.#outputs = outputs;
    }
    reply(null, {});
  }

  getDeploymentInfo(_request: unknown, reply: Reply<resproto.DeploymentInfo>): void {
    const features = messages.ResourceMonitorFeature;
    const response = new messages.DeploymentInfo();
    response.setSupportedfeaturesList([
      features.RESOURCE_MONITOR_FEATURE_SECRETS,
      features.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
      features.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
      features.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
      features.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
      features.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
      features.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
      features.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
      features.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
      features.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
    ]);
    reply(null, response);
  }

  registerStackTransform(request: Callback, reply: Reply<unknown>): void {
    this.callbacks.addToStack(request);
    reply(null, {});
  }

  /** Hooks run around real operations; a preview has none. */
  registerResourceHook(_request: unknown, reply: Reply<unknown>): void {
    reply(null, {});
  }

  registerErrorHook(_request: unknown, reply: Reply<unknown>): void {
    reply(null, {});
  }

  registerPackage(_request: unknown, reply: Reply<unknown>): void {
    reply(null, { getRef: () => "in-process" });
  }

  signalAndWaitForShutdown(_request: unknown, reply: Reply<unknown>): void {
    reply(null, {});
  }

  close(): void {
    // Nothing is open.
  }

  // ---- What happens behind it. ----

  async #registerResource(request: resproto.RegisterResourceRequest): Promise<unknown> {
    const type = request.getType();
    const name = request.getName();
    const parent = request.getParent();
    const { root } = this.#options;
    let properties = (request.getObject()?.toJavaScript() ?? {}) as WireProperties;
    const own = request.getTransformsList();
    const transformed = await this.callbacks.apply(own, {
      type,
      name,
      custom: request.getCustom(),
      parent,
      properties,
      options: toTransformOptions(request),
    });
    if (transformed !== undefined) {
      properties = transformed.properties;
      withTransformedOptions(request, transformed.options);
    }
    const urn = this.#urn(type, name, request.getParent());
    const path = this.#path(name, type);
    const source = this.#source(request);
    this.callbacks.remember(urn, request.getParent(), own);
    if (this.#resources.has(urn)) this.#reportDuplicate(path, urn, source);
    if (request.getRemote()) this.#reportRemote(path, type, source);

    const { id, state } = request.getCustom()
      ? this.#plan(request, { type, name, urn, path, properties, source })
      : { id: "", state: {} };
    const preview: ResourcePreview = {
      urn,
      type,
      name,
      inputs: type === STACK_TYPE ? {} : toJson(properties, root),
      outputs: this.#outputsWithId(type, id, state, request),
      parent: request.getParent() === "" ? null : request.getParent(),
      dependencies: [...request.getDependenciesList()].sort(compareText),
      provider: request.getProvider() === "" ? null : request.getProvider(),
      options: readOptions(request),
      ...(source === undefined ? {} : { source }),
    };
    this.#resources.set(urn, { preview, state, id });
    return {
      getUrn: () => urn,
      getId: () => (this.#hidesId(type, request) ? "" : id),
      getObject: () => ({ toJavaScript: () => state }),
      getPropertydependenciesMap: () => undefined,
      getResult: () => messages.Result.SUCCESS,
      getUnknown: () => false,
    };
  }

  /** A custom resource: what the provider would find wrong with it, and what it would answer. */
  #plan(
    request: resproto.RegisterResourceRequest,
    resource: {
      readonly type: string;
      readonly name: string;
      readonly urn: string;
      readonly path: string;
      readonly properties: WireProperties;
      readonly source: SourceLocation | undefined;
    },
  ): { id: string; state: WireProperties } {
    const { type, name, urn, path, properties, source } = resource;
    const inputs = toPlainProperties(properties, this.#options.root);
    if (type.startsWith(PROVIDER_PREFIX)) return this.#provider(urn, path, properties, inputs, source);
    const { model, unknowns } = this.#options;
    if (request.getProvider() === "") this.#reportDefaultProvider(path, type, source);
    if (!model.knows(type)) {
      this.#reportUnknownType(path, type, source);
      return { id: sha256(urn).slice(0, 16), state: properties };
    }
    const scope = this.#scope(request.getProvider(), inputs);
    for (const finding of model.check(type, inputs, scope)) this.#report(path, finding, source);
    const imported = request.getImportid();
    const answer = model.plan({
      type,
      name,
      urn,
      inputs,
      scope,
      ...(imported === "" ? {} : { id: imported }),
    });
    const hidden = new Set(unknowns ? answer.computed : []);
    const secret = new Set(request.getAdditionalsecretoutputsList());
    // A secret tag must not come back in the clear under the name that the provider gives it.
    if (holdsSecret(properties["tags"])) secret.add("tagsAll");
    const state: Record<string, WireValue> = {};
    for (const [key, value] of Object.entries(answer.outputs)) {
      const given = properties[key];
      const output =
        given !== undefined && (value === inputs[key] || holdsSecret(given))
          ? given
          : fromPlain(hidden.has(key) ? UNKNOWN : value);
      state[key] = secret.has(key) && !holdsSecret(output) ? secretOf(output) : output;
    }
    return { id: answer.id, state };
  }

  /** A provider: from then on, resources that name it live in its account and region. */
  #provider(
    urn: string,
    path: string,
    properties: WireProperties,
    inputs: Record<string, PlainValue>,
    source: SourceLocation | undefined,
  ): { id: string; state: WireProperties } {
    const hash = sha256(urn);
    const id = [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join("-");
    const allowed = parsedText(inputs["allowedAccountIds"]);
    const accountIds = Array.isArray(allowed) ? allowed.filter((item) => typeof item === "string") : [];
    const tags = parsedText(inputs["defaultTags"]) as { readonly tags?: Record<string, string> } | undefined;
    const { accountId, partition, homeRegion, stack } = this.#options;
    if (urn.includes(`${PROVIDER_PREFIX}aws::`) && !accountIds.includes(accountId)) {
      this.problems.push({
        code: "PROVIDER_ACCOUNT",
        severity: "error",
        path: `${path}:allowedAccountIds`,
        message: `The provider is not bound to the account of the stack ${stack}.`,
        got: accountIds,
        expected: `allowedAccountIds with ${accountId}`,
        fix: "Use the provider that the program is given (context.provider), or name the account in allowedAccountIds.",
        ...(source === undefined ? {} : { source }),
      });
    }
    this.#scopes.set(`${urn}::${id}`, {
      partition,
      accountId: accountIds[0] ?? accountId,
      region: typeof inputs["region"] === "string" ? inputs["region"] : homeRegion,
      ...(tags?.tags === undefined ? {} : { defaultTags: tags.tags }),
    });
    return { id, state: properties };
  }

  #readResource(request: resproto.ReadResourceRequest): unknown {
    const type = request.getType();
    const name = request.getName();
    const properties = (request.getProperties()?.toJavaScript() ?? {}) as WireProperties;
    const urn = this.#urn(type, name, request.getParent());
    const source = this.#source(request);
    const path = this.#path(name, type);
    const state =
      type === STACK_REFERENCE_TYPE
        ? this.#stackReference(request.getId())
        : this.#existing(request, path, properties, source);
    const preview: ResourcePreview = {
      urn,
      type,
      name,
      inputs: toJson(properties, this.#options.root),
      outputs: toJson(state, this.#options.root),
      parent: request.getParent() === "" ? null : request.getParent(),
      dependencies: [...request.getDependenciesList()].sort(compareText),
      provider: request.getProvider() === "" ? null : request.getProvider(),
      options: { external: true },
      ...(source === undefined ? {} : { source }),
    };
    this.#resources.set(urn, { preview, state, id: request.getId() });
    return { getUrn: () => urn, getProperties: () => ({ toJavaScript: () => state }) };
  }

  #stackReference(id: string): WireProperties {
    const stack = id.split("/").at(-1) ?? id;
    const outputs = this.#options.needs[stack] ?? {};
    const secrets = Object.keys(outputs).filter((key) => holdsSecret(outputs[key]));
    return { name: id, outputs, secretOutputNames: secrets.sort(compareText) };
  }

  #existing(
    request: resproto.ReadResourceRequest,
    path: string,
    properties: WireProperties,
    source: SourceLocation | undefined,
  ): WireProperties {
    const { model, root, unknowns } = this.#options;
    const type = request.getType();
    if (request.getProvider() === "") this.#reportDefaultProvider(path, type, source);
    if (!model.knows(type)) {
      this.#reportUnknownType(path, type, source);
      return properties;
    }
    const inputs = toPlainProperties(properties, root);
    const { outputs, computed } = model.plan({
      type,
      name: request.getName(),
      urn: this.#urn(type, request.getName(), request.getParent()),
      inputs,
      scope: this.#scope(request.getProvider(), inputs),
      id: request.getId(),
    });
    const hidden = new Set(unknowns ? computed : []);
    return Object.fromEntries(
      Object.entries(outputs).map(([key, value]) => [key, fromPlain(hidden.has(key) ? UNKNOWN : value)]),
    );
  }

  #getResource(args: WireProperties, reply: Reply<unknown>): void {
    const urn = String(args["urn"] as string);
    const found = this.#resources.get(urn);
    if (found === undefined) {
      reply(Object.assign(new ReportedError(`There is no resource ${urn}.`), { details: urn }));
      return;
    }
    const fields = new Map<string, unknown>([
      ["urn", { toJavaScript: () => urn }],
      ["id", { toJavaScript: () => found.id }],
      ["state", { getStructValue: () => ({ toJavaScript: () => found.state }) }],
    ]);
    reply(null, {
      getFailuresList: () => [],
      getReturn: () => ({ getFieldsMap: () => fields }),
    });
  }

  /** As the engine builds it: the parents' types in front, the stack's own left out. */
  #urn(type: string, name: string, parent: string): string {
    const { stack, project } = this.#options;
    const parentType = parent === "" ? STACK_TYPE : (parent.split("::")[2] ?? STACK_TYPE);
    const qualified = parentType === STACK_TYPE ? type : `${parentType}$${type}`;
    return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
  }

  /** The provider counts a resource's id among its outputs, and so does the engine's state file. */
  #outputsWithId(
    type: string,
    id: string,
    state: WireProperties,
    request: resproto.RegisterResourceRequest,
  ): JsonValue {
    const withId = request.getCustom() && !type.startsWith(PROVIDER_PREFIX);
    const shown = this.#hidesId(type, request) ? fromPlain(UNKNOWN) : id;
    return toJson(withId ? { ...state, id: shown } : state, this.#options.root);
  }

  /** A real preview does not know the id of what does not exist yet. */
  #hidesId(type: string, request: resproto.RegisterResourceRequest): boolean {
    return this.#options.unknowns && request.getImportid() === "" && !type.startsWith(PROVIDER_PREFIX);
  }

  #path(name: string, type: string): string {
    return `${this.#options.stack}/${name} (${type})`;
  }

  #scope(provider: string, inputs: Record<string, PlainValue>): Scope {
    const { partition, accountId, homeRegion } = this.#options;
    const scope = this.#scopes.get(provider) ?? { partition, accountId, region: homeRegion };
    const { region } = inputs;
    return typeof region === "string" && region !== "" ? { ...scope, region } : scope;
  }

  #source(request: { getStacktrace(): unknown }): SourceLocation | undefined {
    return this.#options.sources ? locate(request.getStacktrace(), this.#options.root) : undefined;
  }

  #report(path: string, finding: Finding, source: SourceLocation | undefined): void {
    this.problems.push({
      ...finding,
      path: finding.path === "" ? path : `${path}:${finding.path}`,
      ...(source === undefined ? {} : { source }),
    });
  }

  #reportError(
    path: string,
    problem: Pick<Problem, "code" | "message" | "expected" | "fix"> & { readonly got: JsonValue },
    source: SourceLocation | undefined,
  ): void {
    this.#report(path, { severity: "error", path: "", ...problem }, source);
  }

  #reportDefaultProvider(path: string, token: string, source: SourceLocation | undefined): void {
    this.#reportError(
      path,
      {
        code: "PROVIDER_NOT_EXPLICIT",
        message: `${token} has no explicit provider, so it could reach whatever account the credentials are for.`,
        got: null,
        expected: "an explicit provider",
        fix: "Pass { provider: context.provider }, or a parent that has it in its providers.",
      },
      source,
    );
  }

  #reportDuplicate(path: string, urn: string, source: SourceLocation | undefined): void {
    this.#reportError(
      path,
      {
        code: "DUPLICATE_URN",
        message: "Two resources have the same type, name and parent.",
        got: urn,
        expected: "a name that is unique among resources of this type under this parent",
        fix: "Give one of them another name.",
      },
      source,
    );
  }

  #reportRemote(path: string, type: string, source: SourceLocation | undefined): void {
    this.#reportError(
      path,
      {
        code: "REMOTE_COMPONENT",
        message: `${type} is built by a plugin, which a preview in process cannot ask.`,
        got: type,
        expected: "resources and components of this workspace",
        fix: "Preview this stack with Pulumi itself, or use a component that runs in process.",
      },
      source,
    );
  }

  #reportUnknownType(path: string, type: string, source: SourceLocation | undefined): void {
    this.#reportError(
      path,
      {
        code: "UNKNOWN_TYPE",
        message: `${type} is not a resource type of the installed provider packages that a preview knows.`,
        got: type,
        expected: "a resource type of @pulumi/aws",
        fix: "Use a type of @pulumi/aws, or preview this stack with Pulumi itself.",
      },
      source,
    );
  }
}

/** An error whose cause is already in the list of problems. */
export class ReportedError extends Error {
  override readonly name = "ReportedError";
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new ReportedError(String(error));
}

/** A provider's arguments arrive as JSON text. */
function parsedText(value: PlainValue | undefined): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
