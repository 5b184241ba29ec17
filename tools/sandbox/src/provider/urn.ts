import { AtollError } from "@atoll/core";

/** The parts of a URN that the provider looks at. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** The type alone, without those of its parents. */
  readonly type: string;
  readonly name: string;
}

/**
 * Takes a URN apart: `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`.
 *
 * @throws AtollError `URN_INVALID`
 */
export function parseUrn(urn: string): UrnParts {
  const match = /^urn:pulumi:(.*?)::(.*?)::(.*?)::(.*)$/su.exec(urn);
  if (match === null) throw new AtollError("URN_INVALID", `"${urn}" is not a URN of Pulumi.`);
  const [, stack = "", project = "", types = "", name = ""] = match;
  return { stack, project, type: types.slice(types.lastIndexOf("$") + 1), name };
}
