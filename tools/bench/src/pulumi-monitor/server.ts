import grpc from "@grpc/grpc-js";
import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import type { LogRequest, SetRootResourceRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import resourceServices from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resourceMessages from "@pulumi/pulumi/proto/resource_pb.js";
import type {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import type { Recorder } from "./record.ts";

type Handler<Request> = (request: Request) => unknown;

/**
 * Serves the least of the engine's protocol that a program needs which reads nothing: every resource is answered with its
 * own inputs. Calls that are not served fail by name. Resolves to the port on the loopback address.
 */
export async function serveMonitor(recorder: Recorder): Promise<number> {
  const server = new grpc.Server();
  server.addService(resourceServices.ResourceMonitorService, {
    getDeploymentInfo: unary(() => deploymentInfo()),
    supportsFeature: unary(() =>
      new resourceMessages.SupportsFeatureResponse().setHassupport(true),
    ),
    registerResource: unary((request: RegisterResourceRequest) => register(recorder, request)),
    registerResourceOutputs: unary((request: RegisterResourceOutputsRequest) => {
      recorder.complete(request.getUrn(), request.getOutputs()?.toJavaScript() ?? {});
      return new empty.Empty();
    }),
    registerPackage: unary(() => new resourceMessages.RegisterPackageResponse()),
    signalAndWaitForShutdown: unary(() => new empty.Empty()),
  });
  server.addService(engineServices.EngineService, engineHandlers(recorder));
  return await new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) {
        resolve(port);
      } else {
        reject(error);
      }
    });
  });
}

function engineHandlers(recorder: Recorder) {
  let root = "";
  return {
    log: unary((request: LogRequest) => {
      if (request.getSeverity() >= engineMessages.LogSeverity.WARNING) {
        recorder.message(request.getMessage());
      }
      return new empty.Empty();
    }),
    getRootResource: unary(() => new engineMessages.GetRootResourceResponse().setUrn(root)),
    setRootResource: unary((request: SetRootResourceRequest) => {
      root = request.getUrn();
      return new engineMessages.SetRootResourceResponse();
    }),
    requirePulumiVersion: unary(() => new engineMessages.RequirePulumiVersionResponse()),
  };
}

function deploymentInfo(): unknown {
  // All of them, as the real engine says.
  const features = Object.values(resourceMessages.ResourceMonitorFeature).filter(
    (feature) => typeof feature === "number",
  );
  return new resourceMessages.DeploymentInfo().setSupportedfeaturesList(features);
}

function register(recorder: Recorder, request: RegisterResourceRequest): unknown {
  const { urn, id } = recorder.register(request.getType(), request.getName(), request.getParent());
  return new resourceMessages.RegisterResourceResponse()
    .setUrn(urn)
    .setId(id)
    .setObject(request.getObject());
}

function unary<Request>(handle: Handler<Request>) {
  return (call: ServerUnaryCall<Request, unknown>, callback: sendUnaryData<unknown>) => {
    callback(null, handle(call.request));
  };
}
