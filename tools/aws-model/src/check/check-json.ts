import type { Finding } from "../model.ts";
import type { PlainRecord } from "../values.ts";
import { errorAt } from "./finding.ts";

/**
 * Inputs that hold a JSON document as text, in every type that has them. Read from the
 * descriptions in `@pulumi/aws` 7.48.0 on 2026-11-23.
 */
const JSON_INPUTS: readonly string[] = [
  "accessPolicies",
  "accessPolicy",
  "assumeRolePolicy",
  "containerDefinitions",
  "dashboardBody",
  "deliveryDestinationPolicy",
  "deliveryPolicy",
  "eventPattern",
  "filterPolicy",
  "inlinePolicy",
  "lifecyclePolicy",
  "policy",
  "policyDocument",
  "redriveAllowPolicy",
  "redrivePolicy",
  "replayPolicy",
  "repositoryPolicy",
  "resourcePolicy",
];

/** Inputs of one type only that hold JSON. */
const JSON_INPUTS_OF: Readonly<Record<string, readonly string[]>> = {
  "aws:organizations/policy:Policy": ["content"],
  "aws:organizations/resourcePolicy:ResourcePolicy": ["content"],
};

/** Types where the input of that name is a word or a text in Cedar, not JSON. */
const NOT_JSON: ReadonlySet<string> = new Set([
  "aws:iot/policyAttachment:PolicyAttachment",
  "aws:ses/receiptFilter:ReceiptFilter",
  "aws:verifiedaccess/endpoint:Endpoint",
  "aws:verifiedaccess/group:Group",
]);

/** The names of a type's inputs that hold JSON text. */
export function jsonInputs(type: string, inputs: Readonly<Record<string, unknown>>): string[] {
  const names = NOT_JSON.has(type) ? [] : [...JSON_INPUTS];
  return [...names, ...(JSON_INPUTS_OF[type] ?? [])].filter((name) => Object.hasOwn(inputs, name));
}

/** Texts that are not the JSON they ought to be. Code: `INVALID_JSON`. */
export function checkJson(names: readonly string[], inputs: PlainRecord): Finding[] {
  const findings: Finding[] = [];
  for (const name of names) {
    const text = inputs[name];
    if (typeof text !== "string" || text === "") continue;
    const reason = parseFailure(text);
    if (reason === undefined) continue;
    findings.push(
      errorAt("INVALID_JSON", name, `The text of "${name}" is not JSON: ${reason}`, {
        got: text.length > 200 ? `${text.slice(0, 200)}…` : text,
        expected: "a JSON document",
        fix: "Build the document as an object and use JSON.stringify.",
      }),
    );
  }
  return findings;
}

function parseFailure(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
