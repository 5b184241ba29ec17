/** Values as Go's `encoding/json` takes them. */
export type GoJson =
  string | boolean | number | null | readonly GoJson[] | { readonly [k: string]: GoJson };

/**
 * JSON as Go's `encoding/json` writes it: `<`, `>` and `&` are escaped. The order of keys is the
 * caller's; Go sorts maps, but not the fields of structs.
 *
 * @param indent spaces a level; 0 for all on one line
 */
export function goJson(value: GoJson, indent: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[<>&\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
