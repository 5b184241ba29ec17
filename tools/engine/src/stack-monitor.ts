import { UNKNOWN } from "@atoll/aws-model";
import { compareText } from "@atoll/core";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb.js";
import type * as resproto from "@pulumi/pulumi/proto/resource_pb.js";
// A CommonJS module whose exports Node cannot name: it is taken whole.
import messages from "@pulumi/pulumi/proto/resource_pb.js";

import { InProcessCallbacks } from "./in-process-callbacks.ts";
import { duplicateProblem, remoteProblem } from "./monitor-problems.ts";
import type { ResourcePreview } from "./preview.ts";
import { ProblemLog, ReportedError } from "./problem-log.ts";
import { isProvider } from "./provider-scopes.ts";
import {
  ResourceAnswers,
  type Answered,
  type AskedResource,
  type ResourceAnswersOptions,
} from "./resource-answers.ts";
import { readOptions, toTransformOptions, withTransformedOptions } from "./resource-options.ts";
import { locate } from "./source-location.ts";
import { fromPlain, toJson, type WireProperties } from "./wire.ts";

/** What a monitor is told of the stack it serves. */
export interface StackMonitorOptions extends ResourceAnswersOptions {
  readonly project: string;
  /** Say where each resource was created. */
  readonly sources: boolean;
}

type Reply<T> = (error: Error | null, response?: T) => void;

/** A resource on its way in. */
interface Arriving extends AskedResource {
  readonly parent: string;
  readonly dependencies: readonly string[];
}

interface Registered extends Answered {
  readonly preview: ResourcePreview;
}

const STACK_TYPE = "pulumi:pulumi:Stack";
const STACK_REFERENCE_TYPE = "pulumi:pulumi:StackReference";

/**
 * A resource monitor in process: it answers the SDK's requests from the AWS model, and keeps what a preview shows. It
 * serves one stack. Findings do not stop the program, so that one preview shows all of them.
 */
export class StackMonitor {
  readonly log = new ProblemLog();
  readonly callbacks: InProcessCallbacks;
  readonly #options: StackMonitorOptions;
  readonly #answers: ResourceAnswers;
  readonly #resources = new Map<string, Registered>();
  #outputs: WireProperties = {};

  constructor(options: StackMonitorOptions) {
    this.#options = options;
    this.#answers = new ResourceAnswers(options, this.log);
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
        reply(error instanceof Error ? error : new ReportedError(String(error)));
      },
    );
  }

  readResource(request: resproto.ReadResourceRequest, reply: Reply<unknown>): void {
    const inputs = (request.getProperties()?.toJavaScript() ?? {}) as WireProperties;
    const arriving = this.#arriving(request, inputs);
    const id = request.getId();
    const answered =
      arriving.type === STACK_REFERENCE_TYPE
        ? this.#answers.stackReference(id)
        : this.#answers.existing(arriving, id);
    this.#keep(arriving, answered, answered.state, { external: true });
    reply(null, {
      getUrn: () => arriving.urn,
      getProperties: () => ({ toJavaScript: () => answered.state }),
    });
  }

  invoke(request: resproto.ResourceInvokeRequest, reply: Reply<unknown>): void {
    const token = request.getTok();
    const args = (request.getArgs()?.toJavaScript() ?? {}) as WireProperties;
    if (token === "pulumi:pulumi:getResource") {
      this.#getResource(args, reply);
      return;
    }
    const subject = { path: `${this.#options.stack}/${token}`, source: this.#source(request) };
    const answer = this.#answers.call(subject, token, request.getProvider(), args);
    if (answer === undefined) {
      const message = `${token} has no answer.`;
      this.log.reported.add(message);
      reply(new ReportedError(message));
      return;
    }
    reply(null, {
      getReturn: () => ({ toJavaScript: () => answer }),
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
    const given = (request.getObject()?.toJavaScript() ?? {}) as WireProperties;
    const own = request.getTransformsList();
    const transformed = await this.callbacks.apply(own, {
      type: request.getType(),
      name: request.getName(),
      custom: request.getCustom(),
      parent: request.getParent(),
      properties: given,
      options: () => toTransformOptions(request),
    });
    if (transformed !== undefined) withTransformedOptions(request, transformed.options);
    const arriving = this.#arriving(request, transformed?.properties ?? given);
    const { urn, type } = arriving;
    this.callbacks.remember(urn, arriving.parent, own);
    if (this.#resources.has(urn)) this.log.addError(arriving, duplicateProblem(urn));
    if (request.getRemote()) this.log.addError(arriving, remoteProblem(type));

    const importId = request.getImportid();
    const secrets = request.getAdditionalsecretoutputsList();
    const answered = request.getCustom()
      ? this.#answers.declared(arriving, { importId, secrets })
      : { id: "", state: {} };
    // A real preview does not know the id of what does not exist yet.
    const isHidden = this.#options.unknowns && importId === "" && !isProvider(type);
    const shownId = isHidden ? fromPlain(UNKNOWN) : answered.id;
    // The provider counts a resource's id among its outputs, and so does the engine's state file.
    const hasId = request.getCustom() && !isProvider(type);
    const shown = hasId ? { ...answered.state, id: shownId } : answered.state;
    this.#keep(arriving, answered, shown, readOptions(request));
    return {
      getUrn: () => urn,
      getId: () => (isHidden ? "" : answered.id),
      getObject: () => ({ toJavaScript: () => answered.state }),
      getPropertydependenciesMap: () => undefined,
      getResult: () => messages.Result.SUCCESS,
      getUnknown: () => false,
    };
  }

  #arriving(
    request: resproto.RegisterResourceRequest | resproto.ReadResourceRequest,
    inputs: WireProperties,
  ): Arriving {
    const type = request.getType();
    const name = request.getName();
    const parent = request.getParent();
    return {
      type,
      name,
      urn: this.#urn(type, name, parent),
      path: `${this.#options.stack}/${name} (${type})`,
      parent,
      provider: request.getProvider(),
      dependencies: [...request.getDependenciesList()].sort(compareText),
      inputs,
      source: this.#source(request),
    };
  }

  #keep(
    arriving: Arriving,
    answered: Answered,
    shown: WireProperties,
    options: ResourcePreview["options"],
  ): void {
    const { urn, type, name, parent, provider, dependencies, source } = arriving;
    const { root } = this.#options;
    const preview: ResourcePreview = {
      urn,
      type,
      name,
      // The SDK sends the stack's program as its input.
      inputs: type === STACK_TYPE ? {} : toJson(arriving.inputs, root),
      outputs: toJson(shown, root),
      parent: parent === "" ? null : parent,
      dependencies,
      provider: provider === "" ? null : provider,
      options,
      ...(source === undefined ? {} : { source }),
    };
    this.#resources.set(urn, { ...answered, preview });
  }

  /** A resource that is referred to by its URN. */
  #getResource(args: WireProperties, reply: Reply<unknown>): void {
    const urn = typeof args["urn"] === "string" ? args["urn"] : "";
    const found = this.#resources.get(urn);
    if (found === undefined) {
      reply(new ReportedError(`There is no resource ${urn}.`));
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

  #source(request: { getStacktrace(): unknown }): AskedResource["source"] {
    return this.#options.sources ? locate(request.getStacktrace(), this.#options.root) : undefined;
  }
}
