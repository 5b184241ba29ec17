import { compareText, ProblemError, type Problem } from "@atoll/core";

/**
 * Refuses overrides for children that the component does not have: they would be ignored in silence.
 *
 * @param name the component's name, for the path
 * @param overrides by kind of child, then by key
 * @param known the keys that each kind of child has
 * @throws ProblemError `OVERRIDE_UNKNOWN_KEY`, for all of them at once
 */
export function refuseUnknownOverrides<Kind extends string>(
  name: string,
  overrides: Readonly<Partial<Record<NoInfer<Kind>, object>>>,
  known: Readonly<Record<Kind, readonly string[]>>,
): void {
  const kinds = Object.keys(known) as Kind[];
  const problems = kinds.flatMap((kind) => {
    const keys = new Set(known[kind]);
    return Object.keys(overrides[kind] ?? {})
      .filter((key) => !keys.has(key))
      .sort(compareText)
      .map((key): Problem => ({
        code: "OVERRIDE_UNKNOWN_KEY",
        severity: "error",
        path: `${name}.overrides.${kind}["${key}"]`,
        message: `There is no "${key}" among the ${kind} of ${name}.`,
        got: key,
        expected: known[kind].join(", ") || "no override: there are none of these",
        fix: "Use the key of a child that exists, or remove the override.",
      }));
  });
  if (problems.length > 0) throw new ProblemError(problems);
}
