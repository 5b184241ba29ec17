import grpc from "@grpc/grpc-js";

/**
 * Makes what shows a line of information in the engine's output, under the stack. What a provider writes to its
 * standard error, the engine keeps for itself. An engine that is not there any more is no error.
 *
 * @param address of the engine, as it gives it to its plugins
 */
export function engineLog(address: string): (message: string) => void {
  return (message) => {
    void send(address, message);
  };
}

async function send(address: string, message: string): Promise<void> {
  // Loaded when there is something to say, which is after the provider said that it is ready.
  const [{ default: services }, { default: messages }] = await Promise.all([
    import("@pulumi/pulumi/proto/engine_grpc_pb.js"),
    import("@pulumi/pulumi/proto/engine_pb.js"),
  ]);
  const client = new services.EngineClient(address, grpc.credentials.createInsecure());
  const request = new messages.LogRequest()
    .setSeverity(messages.LogSeverity.INFO)
    .setMessage(message);
  client.log(request, () => {
    client.close();
  });
}
