import { isLimitName, limit } from "@atoll/aws-facts";
import type { Finding } from "../model.ts";
import type { Refusal } from "./cloud.ts";
import { cloudRules, REFUSAL_CODES } from "./cloud-rules.ts";

/**
 * A refusal as a preview reports it. `got` is AWS's own code, `expected` the rule with its source. Codes:
 * `AWS_NOT_FOUND`, `AWS_CONFLICT`, `AWS_OUT_OF_RANGE`, `AWS_QUOTA`, `AWS_IN_USE`. A rule that nobody has checked makes
 * a warning.
 */
export function refusalFinding(refusal: Refusal): Finding {
  const { kind, code, message, path, rule, provenance } = refusal;
  const text = cloudRules().find((known) => known.rule === rule)?.text ?? "";
  return {
    code: REFUSAL_CODES[kind],
    severity: provenance.kind === "assumed" ? "warning" : "error",
    path,
    message: `AWS would refuse this with ${code}: ${message}.`,
    got: code,
    expected: `${text} (${provenance.source}, ${provenance.date})`,
    fix: fixOf(refusal),
  };
}

function fixOf({ kind, message, rule }: Refusal): string {
  switch (kind) {
    case "not-found":
      return "Name something that exists when this is made, or make it first.";
    case "conflict":
      return "Take another value, or use what is there.";
    case "out-of-range":
      return "Take a value inside of what it belongs to.";
    case "in-use":
      return "Take away first what depends on it.";
    case "quota": {
      const name = /\(([a-z]+\/[a-z0-9-]+)\)$/u.exec(message)?.[1] ?? "";
      if (!isLimitName(name)) return `Use less (${rule}).`;
      return limit(name).adjustable
        ? `Ask AWS to raise the quota and write the new value into quotas as "${name}", or use less.`
        : `Use less: AWS does not raise this one on request.`;
    }
    default:
      return kind satisfies never;
  }
}
