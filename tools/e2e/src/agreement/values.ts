import { hash } from "node:crypto";

import { stableJson } from "@atoll/core";

/** Pulumi's marks: of a value that is not known yet, and of what is more than JSON. */
const PULUMI_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const HIDDEN = "[secret]";

/** Where Pulumi keeps book of what the provider has filled in. */
const DEFAULTS = "__defaults";

/**
 * Inputs that nobody gives: `tagsAll` is what the provider's check makes of `tags` and its default tags; the others are
 * Pulumi's own notes on a provider.
 */
const NOBODYS: ReadonlySet<string> = new Set([DEFAULTS, "__internal", "tagsAll"]);

type Json = Readonly<Record<string, unknown>>;

/** One place in which the two engines differ. */
export interface Difference {
  readonly path: string;
  readonly embedded: unknown;
  readonly pulumi: unknown;
}

/**
 * Compares inputs as `atoll preview --json` and as Pulumi has them. What the provider has filled in, and Pulumi says so,
 * is left out; a secret is compared by its hash; a value that Pulumi does not know must be one that `atoll preview
 * --unknowns` does not know either.
 *
 * @param unknowns the inputs with unknowns; undefined: Pulumi knows everything
 */
export function compareInputs(
  embedded: unknown,
  pulumi: unknown,
  unknowns?: unknown,
  path = "",
): readonly Difference[] {
  if (pulumi === PULUMI_UNKNOWN) return isUnknown(unknowns) ? [] : [{ path, embedded, pulumi }];
  if (isUnknown(embedded)) return [];
  if (isRecord(pulumi) && SIGNATURE in pulumi) return compareSpecial(embedded, pulumi, path);
  // Without its value there is nothing to compare but that both hide it.
  if (pulumi === HIDDEN && isRecord(embedded) && "$secret" in embedded) return [];
  if (isRecord(embedded) && isRecord(pulumi)) {
    const filledIn = new Set(Array.isArray(pulumi[DEFAULTS]) ? pulumi[DEFAULTS] : []);
    const names = new Set([...Object.keys(embedded), ...Object.keys(pulumi)]);
    return [...names]
      .filter((name) => !NOBODYS.has(name) && !(filledIn.has(name) && !(name in embedded)))
      .flatMap((name) =>
        compareInputs(embedded[name], pulumi[name], child(unknowns, name), join(path, name)),
      );
  }
  if (Array.isArray(embedded) && Array.isArray(pulumi) && embedded.length === pulumi.length) {
    return embedded.flatMap((item: unknown, index) =>
      compareInputs(
        item,
        pulumi[index],
        child(unknowns, String(index)),
        `${path}[${String(index)}]`,
      ),
    );
  }
  return stableJson(embedded ?? null) === stableJson(pulumi ?? null)
    ? []
    : [{ path, embedded, pulumi }];
}

function compareSpecial(embedded: unknown, pulumi: Json, path: string): readonly Difference[] {
  const different = [{ path, embedded, pulumi }];
  if (!isRecord(embedded)) return different;
  if (pulumi[SIGNATURE] !== SECRET) {
    // Of folders the two count hashes differently: a file is compared by its content, the others by their kind.
    const asset = embedded["$asset"] as { readonly sha256?: string } | undefined;
    if (asset === undefined) return different;
    return "assets" in pulumi || asset.sha256 === pulumi["hash"] ? [] : different;
  }
  const { plaintext } = pulumi;
  if (typeof plaintext !== "string") return "$secret" in embedded ? [] : different;
  const own = hash("sha256", stableJson(JSON.parse(plaintext)), "hex");
  return embedded["$secret"] === own ? [] : different;
}

function isUnknown(value: unknown): boolean {
  return isRecord(value) && value["$unknown"] === true;
}

/** What is inside of an unknown is unknown too. */
function child(value: unknown, name: string): unknown {
  if (isUnknown(value)) return value;
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
