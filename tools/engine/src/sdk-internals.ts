import { createRequire } from "node:module";

import { Resource } from "@pulumi/pulumi/resource.js";
import { CallbackServer } from "@pulumi/pulumi/runtime/callbacks.js";
import * as config from "@pulumi/pulumi/runtime/config.js";
import * as settings from "@pulumi/pulumi/runtime/settings.js";
import * as state from "@pulumi/pulumi/runtime/state.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";

// Modules whose exports are replaced below are taken as the SDK itself takes them.
const require = createRequire(import.meta.url);

/**
 * What the engine uses of `@pulumi/pulumi` that is not its public interface, in one place. `sdk-internals.test.ts` pins
 * it to the installed version: a newer SDK has to be looked at before it is used.
 */
export const PINNED_SDK_VERSION = "3.259.0";

/** A registration that the SDK has begun and not finished. */
export interface PendingRegistration {
  readonly name?: string;
  readonly type?: string;
  readonly label: string;
  /** The input whose value it waits for. */
  readonly inputProperty?: string;
}

/** The SDK's state of one program. */
export interface Store {
  callbacks: unknown;
  readonly settings: { engine: unknown };
  readonly logErrorCount: number;
}

interface StateModule {
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>;
  getStore(): Store;
  getPendingResourceRegistrations(): ReadonlyMap<unknown, PendingRegistration>;
}

interface SettingsModule {
  setMockOptions(
    monitor: unknown,
    project: string,
    stack: string,
    dryRun: boolean,
    organization: string,
  ): void;
  resetOptions(
    project: string,
    stack: string,
    parallel: number,
    engineAddress: string,
    monitorAddress: string,
    dryRun: boolean,
    organization: string,
  ): void;
  disconnect(signalShutdown: boolean): Promise<void>;
  waitForRPCs(): Promise<void>;
}

interface ConfigModule {
  setAllConfig(values: Readonly<Record<string, string>>, secretKeys: readonly string[]): void;
}

const stateModule = state as unknown as StateModule;
const settingsModule = settings as unknown as SettingsModule;
const configModule = config as unknown as ConfigModule;

/** Runs the callback with a state of its own, so that several programs can run in one process. */
export const withLocalStorage: StateModule["withLocalStorage"] = (run) =>
  stateModule.withLocalStorage(run);

/** Points the SDK, in the current store, at a monitor, an engine log and a callback server in this process. */
export function connect(options: {
  readonly monitor: unknown;
  readonly engine: unknown;
  readonly callbacks: unknown;
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
}): void {
  const dryRun = true;
  const { monitor, project, stack, organization } = options;
  settingsModule.setMockOptions(monitor, project, stack, dryRun, organization);
  const store = stateModule.getStore();
  store.callbacks = options.callbacks;
  store.settings.engine = options.engine;
}

/** The state of the program that is running here. */
export const currentStore: StateModule["getStore"] = () => stateModule.getStore();

/** Points the SDK, in the current store, at Pulumi's engine. */
export function connectToEngine(options: {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly parallel: number;
  readonly engineAddress: string;
  readonly monitorAddress: string;
  readonly dryRun: boolean;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}): void {
  const { project, stack, parallel, engineAddress, monitorAddress, dryRun, organization } = options;
  settingsModule.resetOptions(
    project,
    stack,
    parallel,
    engineAddress,
    monitorAddress,
    dryRun,
    organization,
  );
  configModule.setAllConfig(options.config, options.secretKeys);
}

/** Ends the connection; `succeeded` tells the engine that no more resources will come. */
export const disconnectFromEngine = (succeeded: boolean): Promise<void> =>
  settingsModule.disconnect(succeeded);

/** Resolves when no request to the monitor is under way any more. */
export const waitForRPCs: SettingsModule["waitForRPCs"] = () => settingsModule.waitForRPCs();

/** The registrations that wait for something, in the order in which they began. */
export function pendingRegistrations(): readonly PendingRegistration[] {
  return [...stateModule.getPendingResourceRegistrations().values()];
}

type TakeStack = (skip: number) => readonly unknown[];
const resourceClass = Resource as unknown as { stackTrace: TakeStack };
const takeStack = resourceClass.stackTrace;

type Wrap = <T>(promise: Promise<T>, context: string) => Promise<T>;
const debuggableModule = require("@pulumi/pulumi/runtime/debuggable.js") as {
  debuggablePromise: Wrap;
};
const wrapPromise = debuggableModule.debuggablePromise;

/**
 * Switches stack traces: V8's own, the one that the SDK takes for each resource (for which it lifts the limit), and
 * the one that it hangs on each of its promises to name those that leak. Together they are more than half of a large
 * preview's time. Stalled programs are found without them.
 */
export function captureStacks(on: boolean): void {
  Error.stackTraceLimit = on ? 50 : 0;
  resourceClass.stackTrace = on ? takeStack : () => [];
  debuggableModule.debuggablePromise = on ? wrapPromise : (promise) => promise;
}

/** Options that every resource of a package gets, such as its version. */
type DefaultOptions = () => Readonly<Record<string, unknown>>;

type Struct = InstanceType<typeof structs.Struct>;
type Plain = Parameters<typeof structs.Struct.fromJavaScript>[0];

/** Makes a protocol buffer of plain values, to be sent as bytes. */
export const encodeStruct: (value: Plain) => Struct = structs.Struct.fromJavaScript.bind(
  structs.Struct,
);

/**
 * Spares work that a monitor in the same process does not need: turning each resource's inputs into protocol buffers
 * and back, and reading `@pulumi/aws`'s package.json for each resource.
 */
export function shareValues(): void {
  structs.Struct.fromJavaScript = (value) => {
    const struct = new structs.Struct();
    struct.toJavaScript = () => value;
    return struct;
  };
  const utilities = require("@pulumi/aws/utilities.js") as { resourceOptsDefaults: DefaultOptions };
  const defaults = utilities.resourceOptsDefaults();
  utilities.resourceOptsDefaults = () => ({ ...defaults });
}

/** The callbacks that a server of the SDK's keeps, by token. */
export type Callbacks = Map<string, (request: Uint8Array) => Promise<unknown>>;

/** The SDK's callback server without the server: its methods work on a map in this process. */
export function createCallbacks(monitor: object): {
  readonly server: object;
  readonly callbacks: Callbacks;
} {
  const callbacks: Callbacks = new Map();
  const server = Object.assign(Object.create(CallbackServer.prototype) as object, {
    _callbacks: callbacks,
    _pendingRegistrations: 0,
    _awaitQueue: [],
    _monitor: monitor,
    _target: Promise.resolve("in-process"),
    _server: { forceShutdown: () => undefined },
  });
  return { server, callbacks };
}
