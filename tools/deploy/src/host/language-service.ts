import { createRequire } from "node:module";

import type { Problem } from "@atoll/core";
import type * as langproto from "@pulumi/pulumi/proto/language_pb.js";
// CommonJS modules whose exports Node cannot name: they are taken whole.
import messages from "@pulumi/pulumi/proto/language_pb.js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";

import type { EngineRequest } from "./program-host.ts";

// The SDK's own copy: messages of another would not be understood.
const require = createRequire(import.meta.url);

type Reply<T> = (error: Error | null, response?: T) => void;

/**
 * The language runtime that Pulumi's engine is pointed at by `--client`: what the Automation API starts for an inline
 * program, for several programs at a time and with nothing else.
 */
export function languageService(
  run: (request: EngineRequest) => Promise<readonly Problem[]>,
): object {
  return {
    getRequiredPlugins: (_call: unknown, reply: Reply<object>) => {
      // The engine finds the provider's plugin by itself, by the version that its resources name.
      reply(null, new messages.GetRequiredPluginsResponse());
    },
    getPluginInfo: (_call: unknown, reply: Reply<object>) => {
      const info = new plugins.PluginInfo();
      info.setVersion("1.0.0");
      reply(null, info);
    },
    run: (call: { readonly request: langproto.RunRequest }, reply: Reply<object>) => {
      void run(requestOf(call.request)).then((problems) => {
        const response = new messages.RunResponse();
        const [first] = problems;
        if (first !== undefined) response.setError(`${first.code}: ${first.message}`);
        reply(null, response);
      });
    },
  };
}

/** Starts the service on a free port of this machine. */
export async function serveLanguage(service: object): Promise<number> {
  const grpc = require("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
  const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb.js") as {
    readonly LanguageRuntimeService: Parameters<InstanceType<typeof grpc.Server>["addService"]>[0];
  };
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  server.addService(LanguageRuntimeService, service as never);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function requestOf(request: langproto.RunRequest): EngineRequest {
  return {
    project: request.getProject(),
    stack: request.getStack(),
    organization: request.getOrganization(),
    parallel: request.getParallel(),
    engineAddress: request.getArgsList()[0] ?? "",
    monitorAddress: request.getMonitorAddress(),
    dryRun: request.getDryrun(),
    config: Object.fromEntries(request.getConfigMap().getEntryList()),
    secretKeys: request.getConfigsecretkeysList(),
  };
}
