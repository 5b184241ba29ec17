import type { PulumiChoice, PulumiStep } from "@atoll/deploy";

import type { Check } from "./diagnose.ts";
import type { Facts } from "./facts.ts";

const NAMES: Readonly<Record<PulumiStep["about"], string>> = {
  cli: "Pulumi CLI",
  "language-host": "language host",
  provider: "AWS provider",
  sandbox: "sandbox",
};

/** Which of Pulumi's programs each target would be run with, and why. Previews need none of them. */
export function pulumiChecks({ pulumi, go }: Facts): readonly Check[] {
  if (pulumi === null) return [];
  return [
    ...checksOf("AWS", "`pulumi up` on AWS; previews do without it", pulumi.aws, ""),
    ...checksOf(
      "sandbox",
      "`pulumi up` without AWS; previews do without it",
      pulumi.sandbox,
      go === null
        ? "The first `atoll env --sandbox` lets npm download it; where that does not work, install Go."
        : "Nothing to do: the first `atoll env --sandbox` lets npm download it, else Go builds it, once.",
    ),
  ];
}

function checksOf(
  target: string,
  purpose: string,
  choice: PulumiChoice,
  howToMake: string,
): readonly Check[] {
  if (choice.status === "found") {
    return choice.pulumi.steps.map(({ about, text, reason }) => ({
      name: `${NAMES[about]} (${target})`,
      status: "ok",
      found: `${text}: ${reason}`,
      purpose,
      fix: "",
    }));
  }
  const looked = choice.steps.map(({ text, reason }) => `${text}: ${reason}`);
  const name = `${NAMES.cli} (${target})`;
  if (choice.status === "make") {
    const found = looked.length === 0 ? "not made yet" : looked.join("; ");
    return [{ name, status: "optional", found, purpose, fix: howToMake }];
  }
  const { message, got, fix } = choice.problem;
  const found = typeof got === "string" ? `${message} ${got}` : message;
  return [{ name, status: "optional", found, purpose, fix }];
}
