import type { ChildProcess } from "node:child_process";

import {
  status,
  type handleUnaryCall,
  type ServerUnaryCall,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import type {
  GetProgramDependenciesRequest,
  LanguageHandshakeRequest,
  RunPluginRequest,
  RunPluginResponse,
  RunRequest,
} from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";

import { BUILD_STAMP } from "../pulumi-cli/marks.ts";
import { pinnedVersions } from "../pulumi-cli/pinned-versions.ts";

import { programDependencies } from "./program-dependencies.ts";
import type { ProgramRun } from "./run-arguments.ts";
import { runPolicyPack } from "./run-plugin.ts";
import { runProgram } from "./run-program.ts";

/**
 * The methods of Pulumi's language protocol that running programs and policy packs takes. What else there is (making
 * projects and SDKs, installing dependencies) is refused with what to do instead.
 *
 * @param engine the engine's address
 * @param running the programs that run now: it is kept up to date
 */
export function languageRuntime(
  engine: string,
  running: Set<ChildProcess>,
): UntypedServiceImplementation {
  let engineAddress = engine;
  return {
    ...refusals(),
    handshake: unary((request: LanguageHandshakeRequest) => {
      engineAddress = request.getEngineAddress() || engineAddress;
      return new language.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => {
      const info = new plugin.PluginInfo();
      info.setVersion(`v${pinnedVersions().pulumi}${BUILD_STAMP}`);
      return info;
    }),
    about: unary(() => {
      const response = new language.AboutResponse();
      response.setExecutable(process.execPath);
      response.setVersion(process.version);
      return response;
    }),
    // Providers are found when the first resource asks for them, in the version that it asks for.
    getRequiredPackages: unary(() => new language.GetRequiredPackagesResponse()),
    getRequiredPlugins: unary(() => new language.GetRequiredPluginsResponse()),
    getProgramDependencies: unary(dependenciesOf),
    run: unary(async (request: RunRequest) => {
      const { error, bail } = await runProgram(runOf(request, engineAddress), (child) => {
        running.add(child);
        child.once("close", () => running.delete(child));
      });
      const response = new language.RunResponse();
      response.setError(error);
      response.setBail(bail);
      return response;
    }),
    runPlugin: (call: ServerWritableStream<RunPluginRequest, RunPluginResponse>) => {
      const kind = call.request.getKind();
      if (kind === "analyzer") {
        try {
          runPolicyPack(call);
        } catch (error) {
          call.emit("error", failed(error));
        }
      } else
        call.emit("error", unimplemented(`It runs policy packs, and no plugin of kind "${kind}".`));
    },
    cancel: unary(() => {
      for (const child of running) child.kill("SIGKILL");
      return new empty.Empty();
    }),
  };
}

function runOf(request: RunRequest, engine: string): ProgramRun {
  const info = request.getInfo();
  return {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    parallel: request.getParallel(),
    dryRun: request.getDryrun(),
    rootFolder: info?.getRootDirectory() ?? request.getPwd(),
    programFolder: info?.getProgramDirectory() ?? request.getPwd(),
    entryPoint: info?.getEntryPoint() ?? request.getProgram(),
    arguments: request.getArgsList(),
    config: Object.fromEntries(request.getConfigMap().toObject()),
    secretKeys: request.getConfigsecretkeysList(),
    // As the official one takes it.
    typescript: info?.getOptions()?.toJavaScript()["typescript"] !== false,
  };
}

function dependenciesOf(request: GetProgramDependenciesRequest) {
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const response = new language.GetProgramDependenciesResponse();
  response.setDependenciesList(
    programDependencies(folder).map(({ name, version }) => {
      const dependency = new language.DependencyInfo();
      dependency.setName(name);
      dependency.setVersion(version);
      return dependency;
    }),
  );
  return response;
}

/** A method that answers once; what it throws becomes the call's error. */
function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call: ServerUnaryCall<Request, Response>, callback) => {
    void (async () => answer(call.request))().then(
      (response) => {
        callback(null, response);
      },
      (error: unknown) => {
        callback(failed(error));
      },
    );
  };
}

/** One for every method of the protocol. */
function refusals(): UntypedServiceImplementation {
  const names = Object.keys(languageGrpc.LanguageRuntimeService);
  return Object.fromEntries(
    names.map((name) => {
      const refuse = (
        call: { readonly emit: (event: "error", error: Error) => void },
        callback?: (error: Error) => void,
      ) => {
        const instead =
          name === "installDependencies"
            ? "Run `npm ci`."
            : "Install the official Pulumi CLI for that.";
        const error = unimplemented(`It has no ${name}. ${instead}`);
        // A method that streams its answer has no callback.
        if (callback === undefined) call.emit("error", error);
        else callback(error);
      };
      return [name, refuse as UntypedServiceImplementation[string]];
    }),
  );
}

function failed(error: unknown): { readonly code: status; readonly details: string } {
  const details = error instanceof Error ? error.message : String(error);
  return { code: status.INTERNAL, details };
}

function unimplemented(text: string): Error & { readonly code: status; readonly details: string } {
  const details = `This is Atoll's language host for the sandbox. ${text}`;
  return Object.assign(new TypeError(details), { code: status.UNIMPLEMENTED, details });
}
