import type { Comparison } from "./row.ts";
import { jsonMeaning, policyMeaning } from "./policy-meaning.ts";

/** What a text is compared by: two texts that mean the same have the same. */
export function textMeaning(text: string, comparison: Comparison): string {
  switch (comparison) {
    case "policy":
      return policyMeaning(text) ?? text;
    case "json":
      return jsonMeaning(text) ?? text;
    case "number": {
      const number = Number(text);
      return text.trim() === "" || Number.isNaN(number) ? text : String(number);
    }
    case "lowercase":
      return text.toLowerCase();
    case "kms-key":
      // The provider takes a key's id and its ARN for the same key.
      return /^arn:[^:]+:kms:[^:]*:\d*:key\/(.+)$/u.exec(text)?.[1] ?? text;
  }
}
