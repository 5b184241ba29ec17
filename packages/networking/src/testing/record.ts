import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";

/** One resource as the program registered it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Empty where it has none. */
  readonly provider: string;
  /** URN of the parent; empty for none. */
  readonly parent: string;
}

/**
 * Runs a program without an engine, as a deployment that has happened: every output is known.
 *
 * @returns what the program registered, sorted by type and name, and its outputs as plain values
 */
export async function record(
  program: () => Readonly<Record<string, unknown>>,
): Promise<{ readonly resources: readonly Recorded[]; readonly outputs: unknown }> {
  const resources: Recorded[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => ({
        id: `${name}-id`,
        state: {
          ...(inputs as object),
          arn: `${type}/${name}`,
          publicIp: "192.0.2.1",
          allocationId: name,
        },
      }),
      call: ({ token }) => {
        throw new TypeError(`the recorder answers no data source, ${token} included`);
      },
    },
    "atoll",
    "network",
    false,
  );
  watch((resource) => resources.push(resource));
  const result = program();
  const outputs = await new Promise<unknown>((resolve) => {
    pulumi.output(result).apply(resolve);
  });
  await pulumi.runtime.disconnect(false);
  const key = ({ type, name }: Recorded) => `${type} ${name}`;
  return { resources: resources.sort((a, b) => (key(a) < key(b) ? -1 : 1)), outputs };
}

interface WatchedMonitor {
  registerResource(request: RegisterResourceRequest, callback: unknown): Promise<void>;
}

/** The mocks of the SDK do not tell a resource's parent, so the requests themselves are read. */
function watch(found: (resource: Recorded) => void): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as WatchedMonitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    found({
      type: request.getType(),
      name: request.getName(),
      inputs: request.getObject()?.toJavaScript() ?? {},
      provider: request.getProvider(),
      parent: request.getParent(),
    });
    return register(request, callback);
  };
}
