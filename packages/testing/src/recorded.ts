import * as pulumi from "@pulumi/pulumi";
import type {
  ReadResourceRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";

import { compareText } from "@atoll/core";

/** One resource as the program asked for it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** `<urn>::<id>`; empty where it has none. */
  readonly provider: string;
  /** URN of the parent: the stack, where the program names none. */
  readonly parent: string;
  readonly options: RecordedOptions;
  /** URNs, sorted. Those that it waits for by its inputs are among them. */
  readonly dependencies: readonly string[];
  /** The id that it is read by; empty for what is registered. */
  readonly readId: string;
}

/** Options of a resource: only what was asked for. */
export interface RecordedOptions {
  readonly protect?: true;
  readonly retainOnDelete?: true;
  /** The id that it is imported by. */
  readonly import?: string;
  /** As written. */
  readonly ignoreChanges?: readonly string[];
}

interface Monitor {
  registerResource(request: RegisterResourceRequest, callback: unknown): Promise<void>;
  readResource(request: ReadResourceRequest, callback: unknown): Promise<void>;
}

/**
 * Tells of every resource that is registered or read, the stack itself included. The SDK's mocks tell neither parents
 * nor options, so the requests to its monitor are read. Mocks have to be set before.
 */
export function watchRequests(found: (resource: Recorded) => void): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  const read = monitor.readResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    found({
      ...identityOf(request),
      inputs: request.getObject()?.toJavaScript() ?? {},
      options: optionsOf(request),
      readId: "",
    });
    return register(request, callback);
  };
  monitor.readResource = (request, callback) => {
    found({
      ...identityOf(request),
      inputs: request.getProperties()?.toJavaScript() ?? {},
      options: {},
      readId: request.getId(),
    });
    return read(request, callback);
  };
}

function identityOf(request: RegisterResourceRequest | ReadResourceRequest) {
  return {
    type: request.getType(),
    name: request.getName(),
    provider: request.getProvider(),
    parent: request.getParent(),
    dependencies: request.getDependenciesList().toSorted(compareText),
  };
}

function optionsOf(request: RegisterResourceRequest): RecordedOptions {
  const ignoreChanges = request.getIgnorechangesList();
  return {
    ...(request.getProtect() === true ? { protect: true } : {}),
    ...(request.getRetainondelete() === true ? { retainOnDelete: true } : {}),
    ...(request.getImportid() === "" ? {} : { import: request.getImportid() }),
    ...(ignoreChanges.length === 0 ? {} : { ignoreChanges }),
  };
}
