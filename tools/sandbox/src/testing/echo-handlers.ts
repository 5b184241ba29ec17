import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type {
  CheckRequest,
  CreateRequest,
  DiffRequest,
  ReadRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import type { Handlers } from "./protocol-client.ts";

/** A provider that gives back what it is given: what the sandbox must not be. */
export function echoHandlers(): Handlers {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  return {
    configure: () => new messages.ConfigureResponse(),
    check: (request: CheckRequest) => new messages.CheckResponse().setInputs(request.getNews()),
    diff: (request: DiffRequest) => {
      const olds = JSON.stringify(request.getOldInputs()?.toJavaScript());
      const news = JSON.stringify(request.getNews()?.toJavaScript());
      return new messages.DiffResponse().setChanges(olds === news ? DIFF_NONE : DIFF_SOME);
    },
    create: (request: CreateRequest) =>
      new messages.CreateResponse()
        .setId(request.getUrn().slice(-12))
        .setProperties(request.getProperties()),
    read: (request: ReadRequest) =>
      new messages.ReadResponse().setId(request.getId()).setProperties(request.getProperties()),
    delete: () => new empty.Empty(),
  };
}
