import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type {
  CheckResponse,
  CreateResponse,
  DiffResponse,
  InvokeResponse,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb.js";

import type { Handler } from "../rpc/handlers.ts";
import { fromStruct, toStruct } from "../rpc/struct.ts";
import type { WireRecord } from "../rpc/values.ts";

/** A provider's handlers by method. */
export type Handlers = Readonly<Record<string, Handler>>;

/** A resource as a client knows it. */
export interface Known {
  readonly urn: string;
  readonly id: string;
  readonly inputs: WireRecord;
  readonly outputs: WireRecord;
}

/** What `Diff` said. */
export interface SaidDiff {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** Kinds of the protocol by path. */
  readonly detailed: Readonly<Record<string, number>>;
}

/** Calls a provider's methods with the protocol's own messages, as the engine does for one stack. */
export class ProtocolClient {
  readonly #handlers: Handlers;
  readonly #stack: string;
  readonly #project: string;

  constructor(handlers: Handlers, stack: string, project = "acme") {
    this.#handlers = handlers;
    this.#stack = stack;
    this.#project = project;
  }

  urn(type: string, name: string): string {
    return `urn:pulumi:${this.#stack}::${this.#project}::${type}::${name}`;
  }

  async configure(inputs: WireRecord): Promise<void> {
    const urn = this.urn("pulumi:providers:aws", "aws");
    await this.#call(
      "configure",
      new messages.ConfigureRequest().setUrn(urn).setArgs(toStruct(inputs)),
    );
  }

  async checkConfig(inputs: WireRecord): Promise<readonly string[]> {
    const request = new messages.CheckRequest()
      .setUrn(this.urn("pulumi:providers:aws", "aws"))
      .setNews(toStruct(inputs));
    const response = (await this.#call("checkConfig", request)) as CheckResponse;
    return response.getFailuresList().map((each) => `${each.getProperty()}: ${each.getReason()}`);
  }

  async check(
    urn: string,
    news: WireRecord,
    options: { readonly olds?: WireRecord; readonly seed?: string } = {},
  ): Promise<{ readonly inputs: WireRecord; readonly failures: readonly string[] }> {
    const request = new messages.CheckRequest()
      .setUrn(urn)
      .setOlds(toStruct(options.olds ?? {}))
      .setNews(toStruct(news))
      .setRandomseed(Buffer.from(options.seed ?? "seed"));
    const response = (await this.#call("check", request)) as CheckResponse;
    return {
      inputs: fromStruct(response.getInputs()),
      failures: response
        .getFailuresList()
        .map((each) => `${each.getProperty()}: ${each.getReason()}`),
    };
  }

  /** Checks and creates, as `pulumi up` does. Rejects with what the checks found. */
  async create(type: string, name: string, news: WireRecord): Promise<Known> {
    const urn = this.urn(type, name);
    const { inputs, failures } = await this.check(urn, news, { seed: name });
    if (failures.length > 0) throw new Error(failures.join("\n"));
    const request = new messages.CreateRequest().setUrn(urn).setProperties(toStruct(inputs));
    const response = (await this.#call("create", request)) as CreateResponse;
    return { urn, id: response.getId(), inputs, outputs: fromStruct(response.getProperties()) };
  }

  async previewCreate(type: string, name: string, inputs: WireRecord): Promise<WireRecord> {
    const request = new messages.CreateRequest()
      .setUrn(this.urn(type, name))
      .setProperties(toStruct(inputs))
      .setPreview(true);
    return fromStruct(((await this.#call("create", request)) as CreateResponse).getProperties());
  }

  /** The difference of a program's new inputs to what is deployed. */
  async diff(known: Known, news: WireRecord, ignoreChanges: string[] = []): Promise<SaidDiff> {
    const checked = await this.check(known.urn, news, { olds: known.inputs });
    if (checked.failures.length > 0) throw new Error(checked.failures.join("\n"));
    const request = new messages.DiffRequest()
      .setUrn(known.urn)
      .setId(known.id)
      .setOldInputs(toStruct(known.inputs))
      .setOlds(toStruct(known.outputs))
      .setNews(toStruct(checked.inputs))
      .setIgnorechangesList(ignoreChanges);
    const response = (await this.#call("diff", request)) as DiffResponse;
    const detailed: Record<string, number> = {};
    response.getDetaileddiffMap().forEach((value, path) => {
      detailed[path] = value.getKind();
    });
    return {
      changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
      detailed,
    };
  }

  async update(known: Known, news: WireRecord, preview = false): Promise<Known> {
    const { inputs, failures } = await this.check(known.urn, news, { olds: known.inputs });
    if (failures.length > 0) throw new Error(failures.join("\n"));
    const request = new messages.UpdateRequest()
      .setUrn(known.urn)
      .setId(known.id)
      .setOldInputs(toStruct(known.inputs))
      .setOlds(toStruct(known.outputs))
      .setNews(toStruct(inputs))
      .setPreview(preview);
    const response = (await this.#call("update", request)) as UpdateResponse;
    return { ...known, inputs, outputs: fromStruct(response.getProperties()) };
  }

  /** As a refresh reads it; with an empty state, as an import does. Null where it is gone. */
  async read(known: Known): Promise<Known | null> {
    const request = new messages.ReadRequest()
      .setUrn(known.urn)
      .setId(known.id)
      .setInputs(toStruct(known.inputs))
      .setProperties(toStruct(known.outputs));
    const response = (await this.#call("read", request)) as ReadResponse;
    if (response.getId() === "") return null;
    return {
      urn: known.urn,
      id: response.getId(),
      inputs: fromStruct(response.getInputs()),
      outputs: fromStruct(response.getProperties()),
    };
  }

  async delete(known: Known): Promise<void> {
    const request = new messages.DeleteRequest()
      .setUrn(known.urn)
      .setId(known.id)
      .setOldInputs(toStruct(known.inputs))
      .setProperties(toStruct(known.outputs));
    await this.#call("delete", request);
  }

  async invoke(
    token: string,
    args: WireRecord,
  ): Promise<{ readonly value: WireRecord; readonly failures: readonly string[] }> {
    const request = new messages.InvokeRequest().setTok(token).setArgs(toStruct(args));
    const response = (await this.#call("invoke", request)) as InvokeResponse;
    const failures = response.getFailuresList().map((each) => each.getReason());
    return { value: fromStruct(response.getReturn()), failures };
  }

  /** Any other method. */
  async call(method: string, request: unknown): Promise<unknown> {
    return this.#call(method, request);
  }

  async #call(method: string, request: unknown): Promise<unknown> {
    const handler = this.#handlers[method];
    if (handler === undefined) throw new Error(`${method} is not implemented`);
    return await handler(request as never);
  }
}

/** Inputs of a provider that is bound to an account as `accountProvider` does it. */
export function providerInputs(
  accountId: string,
  changes: WireRecord = {},
  deployRole = "AtollDeploy",
): WireRecord {
  const roleArn = ["arn", "aws", "iam", "", accountId, `role/${deployRole}`].join(":");
  return {
    region: "eu-west-1",
    allowedAccountIds: JSON.stringify([accountId]),
    assumeRoles: JSON.stringify([{ roleArn, sessionName: "atoll-test" }]),
    defaultTags: JSON.stringify({ tags: { owner: "platform" } }),
    ...changes,
  };
}
