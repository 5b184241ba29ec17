import type { AwsModel, PlainRecord, Scope } from "@atoll/aws-model";
import { formatArn } from "@atoll/core";

import type { SandboxOrganization } from "../store/organization-file.ts";
import type { CheckFailure, Configuration } from "./configuration.ts";
import { withoutUnknowns } from "./values.ts";

/** A data source's answer, or why there is none. */
export type InvokeAnswer =
  { readonly value: PlainRecord } | { readonly failures: readonly CheckFailure[] };

const CALLER = "aws:index/getCallerIdentity:getCallerIdentity";

/**
 * Answers a data source. Who the caller is, is known here: the session of the deploy role. What the model cannot say is
 * left out, as an answer cannot be unknown.
 */
export function answerDataSource(
  token: string,
  args: PlainRecord,
  context: {
    readonly model: AwsModel;
    readonly configuration: Configuration;
    readonly organization: SandboxOrganization;
  },
): InvokeAnswer {
  const { model, configuration, organization } = context;
  const { scope } = configuration;
  const region = args["region"];
  const own: Scope = typeof region === "string" && region !== "" ? { ...scope, region } : scope;
  const answer = model.invoke({ token, args, scope: own });
  if ("problem" in answer) {
    const { path, message, expected, fix } = answer.problem;
    return { failures: [{ property: path, reason: `${message} Expected ${expected}. ${fix}` }] };
  }
  const caller = token === CALLER ? callerOf(configuration, organization) : {};
  return { value: withoutUnknowns({ ...answer.value, ...caller }) };
}

function callerOf(
  { scope, sessionName }: Configuration,
  { deployRoleName }: SandboxOrganization,
): PlainRecord {
  return {
    arn: formatArn({
      partition: scope.partition,
      service: "sts",
      account: scope.accountId,
      resource: `assumed-role/${deployRoleName}/${sessionName}`,
    }),
    userId: `AROASANDBOX${scope.accountId}:${sessionName}`,
  };
}
