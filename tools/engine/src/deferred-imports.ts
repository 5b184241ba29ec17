import module from "node:module";

type Load = (
  request: string,
  parent: { readonly filename?: string } | undefined,
  isMain: boolean,
) => unknown;

/**
 * Imports that the SDKs make at once and a preview never or seldom uses: together they are most of what loading the
 * SDKs costs. Each is loaded when one of its properties is first used.
 */
const DEFERRED: readonly { readonly from: RegExp; readonly requests: RegExp }[] = [
  {
    // Serializing functions, gRPC, tracing, and driving the command line from code.
    from: /\/@pulumi\/pulumi\//u,
    requests:
      /^(?:typescript|@npmcli\/arborist|normalize-package-data|@grpc\/grpc-js|@opentelemetry\/api|semver)$|_grpc_pb$|^\.\/automation$/u,
  },
  {
    // One folder for each AWS service, of which a program uses a few.
    from: /\/@pulumi\/aws\/index\.js$/u,
    requests: /^\.\/[a-z0-9]+$/u,
  },
  { from: /\/@pulumi\/aws\/types\/index\.js$/u, requests: /^\.\/enums$/u },
];

/** These two of `@pulumi/aws` are used by the others as they load. */
const AT_ONCE = new Set(["./utilities", "./types"]);

/** Makes the next `require` of those modules return at once. Call it before the SDKs are loaded. */
export function deferImports(): void {
  // Node has no public way to answer a `require` with an object; this hook is what instrumentation libraries use.
  const loader = module as unknown as { _load: Load };
  const load = loader._load;
  loader._load = (request, parent, isMain) => {
    const from = parent?.filename ?? "";
    const deferred =
      !AT_ONCE.has(request) &&
      DEFERRED.some((rule) => rule.from.test(from) && rule.requests.test(request));
    if (!deferred) return load(request, parent, isMain);
    return lazily(() => load(request, parent, isMain) as object);
  };
}

/** An object that stands for another, which is loaded when it is first used. */
function lazily(load: () => object): object {
  let loaded: object | undefined;
  const target = () => (loaded ??= load());
  return new Proxy(Object.create(null) as object, {
    // TypeScript's own interop asks for `__esModule` before anything is used.
    get: (_empty, key) => (key === "__esModule" ? true : (Reflect.get(target(), key) as unknown)),
    has: (_empty, key) => Reflect.has(target(), key),
    ownKeys: () => Reflect.ownKeys(target()),
    getOwnPropertyDescriptor: (_empty, key) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(target(), key);
      return descriptor === undefined ? undefined : { ...descriptor, configurable: true };
    },
  });
}
