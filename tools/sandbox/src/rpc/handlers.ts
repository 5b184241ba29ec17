import type {
  CheckRequest,
  ConfigureRequest,
  ConstructRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  InvokeRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { AtollError } from "@atoll/core";

import type { CheckFailure } from "../provider/configuration.ts";
import type { SandboxProvider } from "../provider/sandbox-provider.ts";
import { configurationDiff, diffResponse } from "./diff-response.ts";
import { fromStruct, toStruct } from "./struct.ts";
import {
  keepSecrets,
  toPlainRecord,
  toWireRecord,
  withoutSecrets,
  type WireRecord,
} from "./values.ts";

/** What the handlers are about. */
export interface HandlersOptions {
  /** Version of `@pulumi/aws` that the provider answers for. */
  readonly version: () => string;
  /** Why a provider with these inputs may not be used; empty when it may. */
  readonly checkConfiguration: (urn: string, inputs: WireRecord) => readonly CheckFailure[];
  /** Makes the provider that answers from then on. @throws AtollError where it may not be used */
  readonly configure: (urn: string, inputs: WireRecord) => Promise<SandboxProvider>;
}

/** Tells the provider's version from that of the real one; without meaning to what compares versions. */
const MARK = "+atoll.sandbox";

/** Answers one kind of call. */
export type Handler = (request: never) => unknown;

/**
 * Pulumi's provider protocol: takes messages apart, asks the provider, and puts its answer into a message. Secrets are
 * opened on the way in and marked again on the way out. Methods that are not here are answered as unimplemented.
 */
export function providerHandlers(options: HandlersOptions): Readonly<Record<string, Handler>> {
  let provider: SandboxProvider | undefined;
  const configured = (): SandboxProvider => {
    if (provider !== undefined) return provider;
    throw new AtollError(
      "SANDBOX_NOT_CONFIGURED",
      "The provider was called before it was configured.",
    );
  };
  return {
    handshake: () =>
      new messages.ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setSupportsAutonamingConfiguration(true),
    getPluginInfo: () => new plugin.PluginInfo().setVersion(`${options.version()}${MARK}`),
    checkConfig: (request: CheckRequest) => {
      const news = fromStruct(request.getNews());
      const failures = options.checkConfiguration(request.getUrn(), news);
      return checkResponse(news, failures);
    },
    diffConfig: (request: DiffRequest) => configurationDiff(request),
    configure: async (request: ConfigureRequest) => {
      provider = await options.configure(request.getUrn() ?? "", fromStruct(request.getArgs()));
      return new messages.ConfigureResponse()
        .setAcceptsecrets(true)
        .setSupportspreview(true)
        .setSupportsAutonamingConfiguration(true);
    },
    ...resourceHandlers(configured),
    invoke: async (request: InvokeRequest) => {
      const args = fromStruct(request.getArgs());
      const answer = await configured().invoke(request.getTok(), toPlainRecord(args));
      if ("failures" in answer) {
        return new messages.InvokeResponse().setFailuresList(answer.failures.map(toFailure));
      }
      return new messages.InvokeResponse().setReturn(toStruct(toWireRecord(answer.value)));
    },
    construct: (request: ConstructRequest) => refuseComponent(request.getType()),
    cancel: () => new empty.Empty(),
    attach: () => new empty.Empty(),
  };
}

function resourceHandlers(configured: () => SandboxProvider): Readonly<Record<string, Handler>> {
  return {
    check: (request: CheckRequest) => check(configured(), request),
    diff: (request: DiffRequest) =>
      diffResponse(
        configured().diff({
          urn: request.getUrn(),
          oldInputs: toPlainRecord(fromStruct(request.getOldInputs())),
          oldOutputs: toPlainRecord(fromStruct(request.getOlds())),
          newInputs: toPlainRecord(fromStruct(request.getNews())),
          ignoreChanges: request.getIgnorechangesList(),
        }),
      ),
    create: async (request: CreateRequest) => {
      const inputs = fromStruct(request.getProperties());
      const plain = toPlainRecord(inputs);
      const response = new messages.CreateResponse();
      if (request.getPreview()) {
        const outputs = toWireRecord(configured().preview(request.getUrn(), plain));
        return response.setProperties(toStruct(keepSecrets(outputs, inputs)));
      }
      const made = await discreetly([inputs], () => configured().create(request.getUrn(), plain));
      const outputs = keepSecrets(toWireRecord(made.outputs), inputs);
      return response.setId(made.id).setProperties(toStruct(outputs));
    },
    read: (request: ReadRequest) => read(configured(), request),
    update: (request: UpdateRequest) => update(configured(), request),
    delete: async (request: DeleteRequest) => {
      await configured().delete(request.getUrn(), request.getId(), {
        inputs: toPlainRecord(fromStruct(request.getOldInputs())),
        outputs: toPlainRecord(fromStruct(request.getProperties())),
      });
      return new empty.Empty();
    },
  };
}

function check(provider: SandboxProvider, request: CheckRequest): unknown {
  const news = fromStruct(request.getNews());
  const autonaming = request.getAutonaming();
  const { inputs, failures } = provider.check({
    urn: request.getUrn(),
    olds: toPlainRecord(fromStruct(request.getOlds())),
    news: toPlainRecord(news),
    randomSeed: request.getRandomseed_asB64(),
    ...(autonaming === undefined
      ? {}
      : {
          autonaming: {
            proposedName: autonaming.getProposedName(),
            mode: MODES[autonaming.getMode()],
          },
        }),
  });
  const told = failures.map(({ property, reason }) => ({
    property,
    reason: withoutSecrets(reason, news),
  }));
  return checkResponse(keepSecrets(toWireRecord(inputs), news), told);
}

/** Keeps secrets of a request out of the error that it may end in. */
async function discreetly<T>(questions: readonly WireRecord[], call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error) error.message = withoutSecrets(error.message, ...questions);
    throw error;
  }
}

async function read(provider: SandboxProvider, request: ReadRequest): Promise<unknown> {
  const oldInputs = fromStruct(request.getInputs());
  const oldOutputs = fromStruct(request.getProperties());
  const isImport = Object.keys(oldInputs).length === 0 && Object.keys(oldOutputs).length === 0;
  const known = isImport
    ? null
    : { inputs: toPlainRecord(oldInputs), outputs: toPlainRecord(oldOutputs) };
  const found = await provider.read(request.getUrn(), request.getId(), known);
  const response = new messages.ReadResponse();
  // An empty id says that the resource is gone.
  if (found === null) return response;
  return response
    .setId(found.id)
    .setProperties(toStruct(keepSecrets(toWireRecord(found.outputs), oldOutputs, oldInputs)))
    .setInputs(toStruct(keepSecrets(toWireRecord(found.inputs), oldInputs)));
}

async function update(provider: SandboxProvider, request: UpdateRequest): Promise<unknown> {
  const news = fromStruct(request.getNews());
  const inputs = toPlainRecord(news);
  const oldOutputs = toPlainRecord(fromStruct(request.getOlds()));
  const urn = request.getUrn();
  const id = request.getId();
  const outputs = request.getPreview()
    ? provider.preview(urn, inputs, {
        id,
        inputs: toPlainRecord(fromStruct(request.getOldInputs())),
        outputs: oldOutputs,
      })
    : (await discreetly([news], () => provider.update(urn, id, inputs, oldOutputs))).outputs;
  const wire = keepSecrets(toWireRecord(outputs), news);
  return new messages.UpdateResponse().setProperties(toStruct(wire));
}

const MODES = ["propose", "enforce", "disable"] as const;

function checkResponse(inputs: WireRecord, failures: readonly CheckFailure[]): unknown {
  return new messages.CheckResponse()
    .setInputs(toStruct(inputs))
    .setFailuresList(failures.map(toFailure));
}

function toFailure({ property, reason }: CheckFailure) {
  return new messages.CheckFailure().setProperty(property).setReason(reason);
}

function refuseComponent(type: string): never {
  throw new AtollError(
    "SANDBOX_COMPONENT",
    `The sandbox makes no component of type ${type}: it serves the resources and data sources of package aws, and no ` +
      "component of awsx. Use a component of this workspace, or deploy to AWS.",
  );
}
