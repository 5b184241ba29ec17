import { AtollError } from "@atoll/core";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb.js";
import type * as resproto from "@pulumi/pulumi/proto/resource_pb.js";
// A CommonJS module whose exports Node cannot name: it is taken whole.
import messages from "@pulumi/pulumi/proto/resource_pb.js";

import { createCallbacks, encodeStruct, type Callbacks } from "./sdk-internals.ts";
import type { WireProperties } from "./wire.ts";

/** A resource on its way through the transforms. */
export interface Transformable {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
  readonly properties: WireProperties;
  /** Made only when a transform applies. */
  readonly options: () => resproto.TransformResourceOptions;
}

/** What the transforms made of it. */
export interface Transformed {
  readonly properties: WireProperties;
  readonly options: resproto.TransformResourceOptions;
}

/**
 * Pulumi's transforms, run in process. The SDK starts a gRPC server for the engine to call back; here its callbacks are
 * kept as they are and called with the same messages, so that the SDK's own code still reads and writes them.
 */
export class InProcessCallbacks {
  /** Stands where the SDK keeps its callback server. */
  readonly server: object;
  readonly #callbacks: Callbacks;
  readonly #byResource = new Map<string, readonly Callback[]>();
  readonly #parents = new Map<string, string>();
  readonly #ofStack: Callback[] = [];

  constructor(monitor: object) {
    const { server, callbacks } = createCallbacks(monitor);
    this.server = server;
    this.#callbacks = callbacks;
  }

  /** Adds a transform that applies to every resource from now on. */
  addToStack(callback: Callback): void {
    this.#ofStack.push(callback);
  }

  /** Remembers the transforms that a resource brings for its children. */
  remember(urn: string, parent: string, transforms: readonly Callback[]): void {
    this.#parents.set(urn, parent);
    if (transforms.length > 0) this.#byResource.set(urn, transforms);
  }

  /** Applies every transform that concerns the resource; undefined when none does. */
  apply(own: readonly Callback[], resource: Transformable): Promise<Transformed> | undefined {
    const transforms = [...own];
    for (let urn: string | undefined = resource.parent; urn; urn = this.#parents.get(urn)) {
      transforms.push(...(this.#byResource.get(urn) ?? []));
    }
    transforms.push(...this.#ofStack);
    return transforms.length === 0 ? undefined : this.#applyAll(transforms, resource);
  }

  /** The engine's order: the resource's own, then each ancestor's, then the stack's. */
  async #applyAll(transforms: readonly Callback[], resource: Transformable): Promise<Transformed> {
    let { properties } = resource;
    let options = resource.options();
    for (const transform of transforms) {
      const run = this.#callbacks.get(transform.getToken());
      if (run === undefined)
        throw new AtollError("TRANSFORM_MISSING", "A transform is not registered.");
      const request = new messages.TransformRequest();
      request.setType(resource.type);
      request.setName(resource.name);
      request.setCustom(resource.custom);
      request.setParent(resource.parent);
      request.setProperties(encodeStruct({ ...properties }));
      request.setOptions(options);
      const response = (await run(request.serializeBinary())) as resproto.TransformResponse;
      properties = response.getProperties()?.toJavaScript() ?? {};
      options = response.getOptions() ?? options;
    }
    return { properties, options };
  }
}
