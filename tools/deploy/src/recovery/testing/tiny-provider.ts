import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import * as grpc from "@grpc/grpc-js";

/**
 * The smallest provider that can lose an answer: package `tiny`, one file per resource in the folder `TINY_WORLD`.
 * Changing `place` replaces a resource. The file `TINY_FAULT` names one call and what happens to it.
 */
export interface TinyFault {
  readonly call: "create" | "update" | "delete" | "read";
  readonly name: string;
  /** Whether the world has changed by then. */
  readonly moment: "before" | "after";
  readonly kill: "provider" | "pulumi" | "both";
}

/** One resource in the world. */
export interface TinyResource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly stack: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-explicit-any --
   the messages of Pulumi's protocol have no types that can be imported */
const require = createRequire(import.meta.url);
const messages = require("@pulumi/pulumi/proto/provider_pb.js");
const services = require("@pulumi/pulumi/proto/provider_grpc_pb.js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb.js");

const world = process.env["TINY_WORLD"] ?? "";
const faultFile = process.env["TINY_FAULT"] ?? "";
mkdirSync(world, { recursive: true });

type Call = { readonly request: any };
type Answer = (error: Partial<grpc.ServiceError> | null, value?: any) => void;

const unimplemented = (_call: Call, answer: Answer): void => {
  answer({ code: grpc.status.UNIMPLEMENTED, details: "not in the tiny provider" });
};

function write(resource: TinyResource): void {
  const file = join(world, `${resource.id}.json`);
  writeFileSync(`${file}.tmp`, JSON.stringify(resource, null, 2));
  renameSync(`${file}.tmp`, file);
}

function find(id: string): TinyResource | undefined {
  const file = join(world, `${id}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as TinyResource) : undefined;
}

/** The process dies here when a fault says so: what it was asked for has happened, or not, and nobody is told. */
function fault(call: string, urn: string, moment: string): void {
  if (!existsSync(faultFile)) return;
  const asked = JSON.parse(readFileSync(faultFile, "utf8")) as TinyFault;
  if (asked.call !== call || asked.name !== nameOf(urn) || asked.moment !== moment) return;
  rmSync(faultFile);
  if (asked.kill !== "provider") process.kill(process.ppid, "SIGKILL");
  if (asked.kill !== "pulumi") process.kill(process.pid, "SIGKILL");
}

const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");
const outputsOf = (resource: TinyResource): any =>
  Struct.fromJavaScript({ ...resource.inputs, address: `tiny://${resource.id}` });

function create({ request }: Call, answer: Answer): void {
  const urn: string = request.getUrn();
  const inputs = request.getProperties().toJavaScript();
  const response = new messages.CreateResponse();
  if (request.getPreview()) {
    response.setProperties(Struct.fromJavaScript(inputs));
    answer(null, response);
    return;
  }
  fault("create", urn, "before");
  const number = readdirSync(world).length + Math.floor(performance.now() * 1000);
  const resource: TinyResource = {
    id: `tiny-${String(number)}`,
    type: urn.split("::")[2]?.split("$").at(-1) ?? "",
    name: nameOf(urn),
    stack: urn.split("::")[0]?.replace("urn:pulumi:", "") ?? "",
    inputs,
  };
  write(resource);
  fault("create", urn, "after");
  response.setId(resource.id);
  response.setProperties(outputsOf(resource));
  answer(null, response);
}

function update({ request }: Call, answer: Answer): void {
  const inputs = request.getNews().toJavaScript();
  const response = new messages.UpdateResponse();
  const current = find(request.getId());
  if (request.getPreview() || current === undefined) {
    response.setProperties(Struct.fromJavaScript(inputs));
    answer(
      current === undefined ? { code: grpc.status.NOT_FOUND, details: "gone" } : null,
      response,
    );
    return;
  }
  fault("update", request.getUrn(), "before");
  write({ ...current, inputs });
  fault("update", request.getUrn(), "after");
  response.setProperties(outputsOf({ ...current, inputs }));
  answer(null, response);
}

function remove({ request }: Call, answer: Answer): void {
  fault("delete", request.getUrn(), "before");
  rmSync(join(world, `${String(request.getId())}.json`), { force: true });
  fault("delete", request.getUrn(), "after");
  answer(null, new Empty());
}

function read({ request }: Call, answer: Answer): void {
  fault("read", request.getUrn(), "before");
  const response = new messages.ReadResponse();
  const resource = find(request.getId());
  if (resource !== undefined) {
    response.setId(resource.id);
    response.setInputs(Struct.fromJavaScript(resource.inputs));
    response.setProperties(outputsOf(resource));
  }
  answer(null, response);
}

function diff({ request }: Call, answer: Answer): void {
  const olds = request.getOldInputs()?.toJavaScript() ?? {};
  const news = request.getNews().toJavaScript();
  const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
  );
  const response = new messages.DiffResponse();
  response.setChanges(changed.length > 0 ? 2 : 1);
  response.setDiffsList(changed);
  response.setReplacesList(changed.filter((key) => key === "place" || key === "placeFirst"));
  response.setDeletebeforereplace(changed.includes("placeFirst"));
  answer(null, response);
}

function check({ request }: Call, answer: Answer): void {
  const response = new messages.CheckResponse();
  response.setInputs(request.getNews());
  answer(null, response);
}

const info = (_call: Call, answer: Answer): void => {
  const response = new PluginInfo();
  response.setVersion("1.0.0");
  answer(null, response);
};

const configure = (_call: Call, answer: Answer): void => {
  const response = new messages.ConfigureResponse();
  response.setAcceptsecrets(false);
  response.setSupportspreview(true);
  answer(null, response);
};

const schema = (_call: Call, answer: Answer): void => {
  const response = new messages.GetSchemaResponse();
  response.setSchema(JSON.stringify({ name: "tiny", version: "1.0.0", resources: {} }));
  answer(null, response);
};

const implementation: Record<string, (call: Call, answer: Answer) => void> = {
  handshake: (_call, answer) => {
    answer(null, new messages.ProviderHandshakeResponse());
  },
  checkConfig: check,
  diffConfig: (_call, answer) => {
    answer(null, new messages.DiffResponse());
  },
  configure,
  check,
  diff,
  create,
  read,
  update,
  delete: remove,
  getPluginInfo: info,
  getSchema: schema,
  cancel: (_call, answer) => {
    answer(null, new Empty());
  },
};

const service = services.ResourceProviderService;
const server = new grpc.Server();
server.addService(
  service,
  Object.fromEntries(
    Object.keys(service).map((name) => [name, implementation[name] ?? unimplemented]),
  ),
);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${String(port)}\n`);
});
