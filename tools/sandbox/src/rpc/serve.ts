import grpc from "@grpc/grpc-js";
import type { handleUnaryCall } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";

import { providerHandlers, type Handler, type HandlersOptions } from "./handlers.ts";

/** Messages have no limit, as in the engine: a policy or an archive can be larger than gRPC's default. */
const NO_LIMIT = -1;

/** Serves Pulumi's provider protocol. Resolves to the port on the loopback address. */
export async function serveProvider(options: HandlersOptions): Promise<number> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": NO_LIMIT,
    "grpc.max_send_message_length": NO_LIMIT,
  });
  const handlers = Object.entries(providerHandlers(options)).map(
    ([name, handler]) => [name, unary(handler)] as const,
  );
  server.addService(services.ResourceProviderService, Object.fromEntries(handlers));
  return await new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

/**
 * A handler as gRPC calls it. What it throws is the call's error, by its message alone and without a status of its own,
 * as the AWS provider answers.
 */
function unary(handle: Handler): handleUnaryCall<unknown, unknown> {
  return (call, callback) => {
    void (async () => handle(call.request as never))().then(
      (response) => {
        callback(null, response);
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        callback({ code: grpc.status.UNKNOWN, message });
      },
    );
  };
}
