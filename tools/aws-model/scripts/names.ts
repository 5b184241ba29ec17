/** A name without case and punctuation, so that `cidrBlock`, `CidrBlock` and `CIDRBlock` meet. */
export function normal(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/gu, "");
}

/** Spellings of a name that may stand for it elsewhere: itself, its singular, its plural. */
function spellings(name: string): readonly string[] {
  const own = normal(name);
  const found = [own];
  if (own.endsWith("ies")) found.push(`${own.slice(0, -3)}y`);
  if (own.endsWith("es")) found.push(own.slice(0, -2));
  if (own.endsWith("s")) found.push(own.slice(0, -1));
  found.push(`${own}s`);
  return found;
}

/**
 * The candidate that stands for a name of the Pulumi package; `owner` is the resource's own name,
 * which other vocabularies put before `name` (`RoleName`).
 */
export function matchName(
  name: string,
  owner: string,
  candidates: readonly string[],
): string | undefined {
  const byNormal = new Map(candidates.map((candidate) => [normal(candidate), candidate]));
  const wanted = [...spellings(name)];
  if (normal(name) === "name") wanted.push(`${normal(owner)}name`);
  for (const spelling of wanted) {
    const found = byNormal.get(spelling);
    if (found !== undefined) return found;
  }
  return undefined;
}
