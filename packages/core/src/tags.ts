import { compareText, type Problem } from "./problem.ts";
import { characterCount } from "./text.ts";

/**
 * Limits on tags that hold for nearly every AWS service.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html and the pattern of `TagKey` and `TagValue`
 *   in botocore 1.44.5, organizations (read 2026-11-23)
 */
export const tagLimits = {
  tagsPerResource: 50,
  keyLength: 128,
  valueLength: 256,
} as const;

/** The tags by which Atoll finds a resource again, and those that every account sets. */
export const identityTags = {
  /** Name of the stack that the resource belongs to. */
  stack: "atoll:stack",
  /** Logical name of the resource in its stack. */
  name: "atoll:name",
  /** Who answers for it. */
  owner: "owner",
  /** What it is for, such as `production`. */
  environment: "environment",
} as const;

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const allowedText = "letters, numbers, spaces and _ . : / = + - @";

/**
 * Checks tags as people write them, every problem at once, sorted by key. Errors: `TAG_COUNT`, `TAG_KEY_LENGTH`,
 * `TAG_KEY_RESERVED`, `TAG_KEY_CHARACTERS`, `TAG_VALUE_LENGTH`, `TAG_VALUE_CHARACTERS`. Warning: `TAG_KEY_CASE` for
 * keys that differ by case alone, which IAM takes for one key.
 *
 * @param path of the tags, such as `accounts[2].tags`
 */
export function checkTags(
  tags: Readonly<Record<string, string>>,
  path: string,
): readonly Problem[] {
  const keys = Object.keys(tags).sort(compareText);
  return [
    ...checkCount(keys.length, path),
    ...keys.flatMap((key) => [
      ...checkKey(key, `${path}.${key}`),
      ...checkValue(tags[key] ?? "", `${path}.${key}`),
    ]),
    ...checkCase(keys, path),
  ];
}

function checkCount(count: number, path: string): readonly Problem[] {
  if (count <= tagLimits.tagsPerResource) return [];
  return [
    {
      code: "TAG_COUNT",
      severity: "error",
      path,
      message: `A resource cannot carry ${count} tags.`,
      got: count,
      expected: `at most ${tagLimits.tagsPerResource} tags`,
      fix: "Remove tags, or join some of them into one.",
    },
  ];
}

function checkKey(key: string, path: string): readonly Problem[] {
  const common = { severity: "error", path, got: key } as const;
  const problems: Problem[] = [];
  const length = characterCount(key);
  if (length < 1 || length > tagLimits.keyLength) {
    problems.push({
      ...common,
      code: "TAG_KEY_LENGTH",
      message: `The tag's key has ${length} characters.`,
      expected: `1 to ${tagLimits.keyLength} characters`,
      fix: "Choose a key of that length.",
    });
  }
  if (/^aws:/i.test(key)) {
    problems.push({
      ...common,
      code: "TAG_KEY_RESERVED",
      message: `Keys that start with "aws:" are for AWS alone.`,
      expected: "another beginning",
      fix: "Choose a key that does not start with aws:.",
    });
  }
  if (!allowed.test(key)) {
    problems.push({
      ...common,
      code: "TAG_KEY_CHARACTERS",
      message: "The tag's key has a character that AWS refuses.",
      expected: allowedText,
      fix: "Use only those characters.",
    });
  }
  return problems;
}

function checkValue(value: string, path: string): readonly Problem[] {
  const common = { severity: "error", path, got: value } as const;
  const problems: Problem[] = [];
  const length = characterCount(value);
  if (length > tagLimits.valueLength) {
    problems.push({
      ...common,
      code: "TAG_VALUE_LENGTH",
      message: `The tag's value has ${length} characters.`,
      expected: `at most ${tagLimits.valueLength} characters`,
      fix: "Shorten the value.",
    });
  }
  if (!allowed.test(value)) {
    problems.push({
      ...common,
      code: "TAG_VALUE_CHARACTERS",
      message: "The tag's value has a character that AWS refuses.",
      expected: allowedText,
      fix: "Use only those characters.",
    });
  }
  return problems;
}

function checkCase(keys: readonly string[], path: string): readonly Problem[] {
  const seen = new Map<string, string>();
  const problems: Problem[] = [];
  for (const key of keys) {
    const other = seen.get(key.toLowerCase());
    if (other === undefined) {
      seen.set(key.toLowerCase(), key);
      continue;
    }
    problems.push({
      code: "TAG_KEY_CASE",
      severity: "warning",
      path: `${path}.${key}`,
      message: `"${key}" and "${other}" differ by case alone; IAM takes them for one key.`,
      got: key,
      expected: "keys that differ by more than case",
      fix: `Keep one of "${other}" and "${key}".`,
    });
  }
  return problems;
}
