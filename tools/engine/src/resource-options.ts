import type * as resproto from "@pulumi/pulumi/proto/resource_pb.js";
// A CommonJS module whose exports Node cannot name: it is taken whole.
import messages from "@pulumi/pulumi/proto/resource_pb.js";

import type { JsonValue } from "@atoll/core";

import type { ResourceOptions } from "./preview.ts";

/** The options that a program set on a resource; those it left alone are absent. */
export function readOptions(request: resproto.RegisterResourceRequest): ResourceOptions {
  const timeouts = readTimeouts(request.getCustomtimeouts());
  const aliases = request.getAliasesList().map(readAlias);
  return {
    ...(request.hasProtect() ? { protect: request.getProtect() === true } : {}),
    ...(request.hasRetainondelete()
      ? { retainOnDelete: request.getRetainondelete() === true }
      : {}),
    ...(request.getDeletebeforereplacedefined()
      ? { deleteBeforeReplace: request.getDeletebeforereplace() }
      : {}),
    ...unlessEmpty("ignoreChanges", request.getIgnorechangesList()),
    ...unlessEmpty("replaceOnChanges", request.getReplaceonchangesList()),
    ...unlessEmpty("additionalSecretOutputs", request.getAdditionalsecretoutputsList()),
    ...unlessEmpty("aliases", aliases),
    ...unlessEmpty("import", request.getImportid()),
    ...unlessEmpty("version", request.getVersion()),
    ...unlessEmpty("deletedWith", request.getDeletedwith()),
    ...(Object.keys(timeouts).length === 0 ? {} : { customTimeouts: timeouts }),
  };
}

function unlessEmpty<K extends string, V extends string | readonly unknown[]>(
  key: K,
  value: V,
): { readonly [name in K]?: V } {
  return value.length === 0 ? {} : ({ [key]: value } as { readonly [name in K]: V });
}

function readTimeouts(
  timeouts: resproto.RegisterResourceRequest.CustomTimeouts | undefined,
): Record<string, string> {
  const all = {
    create: timeouts?.getCreate() ?? "",
    update: timeouts?.getUpdate() ?? "",
    delete: timeouts?.getDelete() ?? "",
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}

function readAlias(
  alias: ReturnType<resproto.RegisterResourceRequest["getAliasesList"]>[number],
): JsonValue {
  const spec = alias.getSpec();
  if (spec === undefined) return alias.getUrn();
  const parts = {
    name: spec.getName(),
    type: spec.getType(),
    stack: spec.getStack(),
    project: spec.getProject(),
    parent: spec.getParenturn(),
  };
  const given = Object.entries(parts).filter(([, value]) => value !== "");
  return { ...Object.fromEntries(given), ...(spec.getNoparent() ? { noParent: true } : {}) };
}

/** The options as transforms see them. */
export function toTransformOptions(
  request: resproto.RegisterResourceRequest,
): resproto.TransformResourceOptions {
  const options = new messages.TransformResourceOptions();
  options.setDependsOnList(request.getDependenciesList());
  if (request.hasProtect()) options.setProtect(request.getProtect() === true);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setVersion(request.getVersion());
  options.setAliasesList(request.getAliasesList());
  options.setProvider(request.getProvider());
  options.setCustomTimeouts(request.getCustomtimeouts());
  if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete() === true);
  options.setDeletedWith(request.getDeletedwith());
  if (request.getDeletebeforereplacedefined()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  options.setImport(request.getImportid());
  for (const [key, value] of request.getProvidersMap().entries()) {
    options.getProvidersMap().set(key, value);
  }
  return options;
}

/** Puts what transforms made of the options back into the request. */
export function withTransformedOptions(
  request: resproto.RegisterResourceRequest,
  options: resproto.TransformResourceOptions,
): void {
  request.setDependenciesList(options.getDependsOnList());
  if (options.hasProtect()) request.setProtect(options.getProtect() ?? false);
  request.setIgnorechangesList(options.getIgnoreChangesList());
  request.setReplaceonchangesList(options.getReplaceOnChangesList());
  request.setVersion(options.getVersion());
  request.setAliasesList(options.getAliasesList());
  request.setProvider(options.getProvider());
  request.setCustomtimeouts(options.getCustomTimeouts());
  if (options.hasRetainOnDelete()) request.setRetainondelete(options.getRetainOnDelete() ?? false);
  request.setDeletedwith(options.getDeletedWith());
  if (options.hasDeleteBeforeReplace()) {
    request.setDeletebeforereplace(options.getDeleteBeforeReplace() ?? false);
    request.setDeletebeforereplacedefined(true);
  }
  request.setAdditionalsecretoutputsList(options.getAdditionalSecretOutputsList());
  request.setImportid(options.getImport());
}
