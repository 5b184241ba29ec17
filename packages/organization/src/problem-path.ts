/** One step of a path: an attribute's name, or an element's position. */
export type PathSegment = string | number;

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const FIRST_STEP = /^(?:([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\])/;
const LATER_STEP = /^(?:\.([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\])/;

/**
 * Writes a path the way problems carry it: `accounts[2].email`, `tags["cost-center"]`. The empty path, which is the
 * organization itself, is written `organization`.
 */
export function formatPath(segments: readonly PathSegment[]): string {
  let text = "";
  for (const segment of segments) {
    if (typeof segment === "number") text += `[${segment}]`;
    else if (IDENTIFIER.test(segment)) text += text === "" ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment)}]`;
  }
  return text === "" ? "organization" : text;
}

/** Reads what `formatPath` wrote, and dotted paths with any names; null for what is no path. */
export function parsePath(text: string): readonly PathSegment[] | null {
  if (text === "organization") return [];
  const segments: PathSegment[] = [];
  let rest = text;
  while (rest !== "") {
    const step = (segments.length === 0 ? FIRST_STEP : LATER_STEP).exec(rest);
    if (step === null) return null;
    const [whole, name, index, quoted] = step;
    if (name !== undefined) segments.push(name);
    else if (index !== undefined) segments.push(Number(index));
    else segments.push(JSON.parse(quoted ?? '""') as string);
    rest = rest.slice(whole.length);
  }
  return segments.length === 0 ? null : segments;
}
