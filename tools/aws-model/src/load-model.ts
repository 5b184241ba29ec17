import { diffInputs } from "./change/diff.ts";
import { replacementOf } from "./change/replacement.ts";
import { checkInputs } from "./check/check-inputs.ts";
import { cloudModel } from "./cloud/cloud-model.ts";
import { cloudExplanations } from "./cloud/cloud-rules.ts";
import { explainSubject } from "./explain/explain.ts";
import { MODEL_CODES } from "./explain/model-codes.ts";
import { answerInvoke } from "./invoke/answer-invoke.ts";
import type { AwsModel } from "./model.ts";
import { planResource, planUnknownType } from "./plan/plan-resource.ts";
import { locateTables, openTables } from "./tables/store.ts";
import { serviceOf } from "./tables/format.ts";
import type { TableOptions } from "./tables/ready.ts";

/**
 * The model of the installed `@pulumi/aws`. Cheap when its tables exist; otherwise they are
 * generated first, which takes a second or two. Each service's table is read at its first use.
 *
 * @throws AtollError `AWS_PACKAGE_MISSING` when `@pulumi/aws` is not installed
 */
export function loadModel(options: TableOptions = {}): AwsModel {
  const location = locateTables(options.cacheFolder);
  const tables = openTables(location);
  const find = (type: string) => {
    const name = serviceOf(type);
    const service = name === undefined ? undefined : tables.service(name);
    if (service === undefined || !Object.hasOwn(service.resources, type)) return undefined;
    const table = service.resources[type];
    return table === undefined ? undefined : { service, table };
  };
  const plan: AwsModel["plan"] = (request) => {
    const found = find(request.type);
    return found === undefined ? planUnknownType(request) : planResource(request, found.table);
  };
  return {
    version: location.version,
    knows: (type) => find(type) !== undefined,
    check(type, inputs) {
      const found = find(type);
      return found === undefined ? [] : checkInputs(type, inputs, found.table, found.service);
    },
    plan,
    replacement(type, property) {
      const found = find(type);
      return replacementOf(type, property, found?.table, found?.service);
    },
    diff: (type, before, after, diffOptions = {}) =>
      diffInputs(type, before, after, find(type)?.table, diffOptions),
    explain: (query, codes = []) =>
      explainSubject(query, tables, location.version, [
        ...MODEL_CODES,
        ...cloudExplanations(),
        ...codes,
      ]),
    invoke: answerInvoke,
    cloud: cloudModel({ plan, table: (type) => find(type)?.table }),
  };
}
