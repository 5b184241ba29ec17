import { createHash } from "node:crypto";

import { AtollError } from "@atoll/core";

/** What the provider was doing when AWS said no. */
export type Verb = "creating" | "updating" | "deleting" | "reading";

/** AWS's answer to a call that it refuses. */
export interface ApiRefusal {
  /** AWS's own error code, such as `DependencyViolation`. */
  readonly code: string;
  readonly message: string;
  /** @default 400 */
  readonly statusCode?: number;
}

/** How the SDK of the provider names the services of type tokens, where it is not the token in capitals. */
const SERVICES: Readonly<Record<string, string>> = {
  accessanalyzer: "AccessAnalyzer",
  account: "Account",
  autoscaling: "Auto Scaling",
  budgets: "Budgets",
  cloudwatch: "CloudWatch Logs",
  ebs: "EC2",
  organizations: "Organizations",
  vpc: "EC2",
};

const OPERATIONS: Readonly<Record<Verb, string>> = {
  creating: "Create",
  updating: "Modify",
  deleting: "Delete",
  reading: "Describe",
};

/** An error in the words of the provider: `SANDBOX_API_ERROR`, with AWS's code in the message. */
export class ApiError extends AtollError {
  /** AWS's own error code. */
  readonly awsCode: string;

  constructor(message: string, awsCode: string) {
    super("SANDBOX_API_ERROR", message);
    this.awsCode = awsCode;
  }
}

/**
 * The error that the provider reports when AWS refuses a call:
 * `creating EC2 Subnet (x): operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: …,
 * api error InvalidSubnet.Conflict: …`, with a mark that it is the sandbox. The operation is named after the type, which
 * is AWS's name for most of them.
 *
 * source: aws-sdk-go-v2 `aws/transport/http/response_error.go`, smithy-go `errors.go`, read 2026-11-27
 */
export function apiError(
  verb: Verb,
  subject: { readonly type: string; readonly id: string },
  refusals: readonly ApiRefusal[],
): ApiError {
  const { type, id } = subject;
  const [, module = "", kind = ""] = /^aws:([^/:]+)[^:]*:(.+)$/u.exec(type) ?? [];
  const service = SERVICES[module] ?? module.toUpperCase();
  const operation = `${OPERATIONS[verb]}${kind}`;
  const messages = refusals.map(({ code, message, statusCode = 400 }) => {
    const request = createHash("sha256")
      .update(`${operation}|${id}|${code}|${message}`)
      .digest("hex");
    return (
      `operation error ${service}: ${operation}, https response error StatusCode: ${String(statusCode)}, ` +
      `RequestID: sandbox-${request.slice(0, 12)}, api error ${code}: ${message} [Atoll sandbox, not AWS]`
    );
  });
  const of = id === "" ? "" : ` (${id})`;
  const text = `${verb} ${service} ${kind}${of}: ${messages.join("\n")}`;
  return new ApiError(text, refusals[0]?.code ?? "");
}
