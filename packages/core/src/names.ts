import { AtollError } from "./errors.ts";
import { shortHash } from "./hash.ts";
import { nameRules, type NameRule } from "./name-rules.ts";
import type { Problem } from "./problem.ts";
import { characterCount } from "./text.ts";

const hashLength = 8;
const hashed = /-[0-9a-f]{8}$/;

/** Options of {@link physicalName}. */
export interface PhysicalNameOptions {
  /** What joins the parts. @default "-" */
  readonly separator?: string;
}

/**
 * What AWS accepts as the name of a resource type.
 *
 * @param type a Pulumi type token, such as `aws:iam/role:Role`
 * @throws AtollError `NAME_UNKNOWN_TYPE` for a type that is not in the table: guessing a limit would only fail later
 */
export function nameRule(type: string): NameRule {
  const rule = Object.hasOwn(nameRules, type) ? nameRules[type] : undefined;
  if (rule === undefined) throw new AtollError("NAME_UNKNOWN_TYPE", `no name rule for ${type}`);
  return rule;
}

/**
 * The name that a resource gets in AWS: the parts joined, if AWS accepts that; else the same text with other
 * characters replaced, cut to length, and with `-` and eight hexadecimal characters of its SHA-256 at the end.
 *
 * Names differ whenever the joined texts differ (up to a collision of 32 bits of hash). To keep that true, a joined
 * text that looks hashed already is hashed too. Texts are what counts, not parts: `["a", "b-c"]` and `["a-b", "c"]`
 * are the same name. Suffixes that AWS gives a meaning, such as `.fifo`, are not known.
 *
 * @param type a Pulumi type token, such as `aws:iam/role:Role`
 * @param parts what the name is made of, from the general to the particular; not empty
 * @throws AtollError `NAME_UNKNOWN_TYPE`, or `NAME_EMPTY` when no part has a character
 */
export function physicalName(
  type: string,
  parts: readonly string[],
  options: PhysicalNameOptions = {},
): string {
  const rule = nameRule(type);
  const joined = parts.filter((part) => part !== "").join(options.separator ?? "-");
  if (joined === "") throw new AtollError("NAME_EMPTY", `a name of ${type} has no parts`);
  if (violation(rule, joined) === undefined && !hashed.test(joined)) return joined;
  const suffix = `-${shortHash(joined, hashLength)}`;
  const stem = sanitise(rule, joined).slice(0, rule.maxLength - suffix.length);
  return trimEnd(rule, stem) + suffix;
}

/**
 * Checks a name that people chose: `NAME_LENGTH` or `NAME_CHARACTERS`, whichever applies, or nothing.
 *
 * @param type a Pulumi type token, such as `aws:organizations/account:Account`
 * @throws AtollError `NAME_UNKNOWN_TYPE`
 */
export function checkName(type: string, name: string, path: string): readonly Problem[] {
  const rule = nameRule(type);
  const found = violation(rule, name);
  if (found === undefined) return [];
  const limits = `${rule.minLength} to ${rule.maxLength} characters`;
  return [
    {
      code: found.code,
      severity: "error",
      path,
      message: found.message,
      got: name,
      expected: `${limits} of [${rule.characters}] (${rule.source}, read ${rule.date})`,
      fix: `Choose a name that AWS accepts, such as ${suggestion(type, name)}.`,
    },
  ];
}

function suggestion(type: string, name: string): string {
  return physicalName(type, [name === "" ? "name" : name]);
}

function violation(
  rule: NameRule,
  name: string,
): { readonly code: string; readonly message: string } | undefined {
  const length = characterCount(name);
  if (length < rule.minLength || length > rule.maxLength) {
    return { code: "NAME_LENGTH", message: `The name has ${length} characters.` };
  }
  const ends = rule.ends ?? rule.characters;
  const reserved = rule.reservedPrefixes?.find((prefix) => name.toLowerCase().startsWith(prefix));
  const broken =
    (!new RegExp(`^[${rule.characters}]+$`).test(name) && "has a character that AWS refuses") ||
    (!new RegExp(`^[${rule.start ?? ends}]`).test(name) && "starts with a character it may not") ||
    (!new RegExp(`[${ends}]$`).test(name) && "ends with a character it may not") ||
    (doubled(rule)?.test(name) === true && "has two punctuation marks in a row") ||
    (reserved !== undefined && `starts with "${reserved}", which AWS keeps for itself`);
  return broken === false ? undefined : { code: "NAME_CHARACTERS", message: `The name ${broken}.` };
}

function doubled(rule: NameRule): RegExp | undefined {
  return rule.notDoubled === undefined ? undefined : new RegExp(`[${rule.notDoubled}]{2,}`, "g");
}

/** The nearest text that breaks no rule but perhaps the lengths. */
function sanitise(rule: NameRule, text: string): string {
  const upperAllowed = new RegExp(`[${rule.characters}]`).test("A");
  let name = (upperAllowed ? text : text.toLowerCase()).replace(
    new RegExp(`[^${rule.characters}]`, "gu"),
    "-",
  );
  const pairs = doubled(rule);
  if (pairs !== undefined) name = name.replace(pairs, "-");
  const start = rule.start ?? rule.ends ?? rule.characters;
  name = name.replace(new RegExp(`^[^${start}]+`), "");
  const reserved = rule.reservedPrefixes?.some((prefix) => name.toLowerCase().startsWith(prefix));
  return name === "" || reserved === true ? `x-${name}` : name;
}

/** Cuts what may not stand before the hyphen of the hash. */
function trimEnd(rule: NameRule, stem: string): string {
  const ends = rule.ends ?? rule.characters;
  const trimmed = stem.replace(new RegExp(`[^${ends}]+$`), "").replace(/-+$/, "");
  return trimmed === "" ? "x" : trimmed;
}
