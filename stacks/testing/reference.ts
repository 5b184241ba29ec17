import definition from "../organization.ts";

/** Whether `stacks/organization.ts` still is the organization that Atoll comes with. */
export const isReference = definition.organization?.name === "atoll";

/** A test that pins the reference organization: skipped, and counted so, once you have written your own. */
export const referenceTest = isReference ? test : test.skip;
