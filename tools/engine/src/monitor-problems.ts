import type { Problem } from "@atoll/core";

/** A problem of one resource, before its path, severity and source are known. */
export type ResourceProblem = Pick<Problem, "code" | "message" | "got" | "expected" | "fix">;

/** Something that would use a default provider. */
export function defaultProviderProblem(token: string): ResourceProblem {
  return {
    code: "PROVIDER_NOT_EXPLICIT",
    message: `${token} has no explicit provider, so it could reach whatever account the credentials are for.`,
    got: null,
    expected: "an explicit provider",
    fix: "Pass { provider: context.provider }, or a parent that has it in its providers.",
  };
}

/** Two resources with one URN. */
export function duplicateProblem(urn: string): ResourceProblem {
  return {
    code: "DUPLICATE_URN",
    message: "Two resources have the same type, name and parent.",
    got: urn,
    expected: "a name that is unique among resources of this type under this parent",
    fix: "Give one of them another name.",
  };
}

/** A component that a plugin would build. */
export function remoteProblem(type: string): ResourceProblem {
  return {
    code: "REMOTE_COMPONENT",
    message: `${type} is built by a plugin, which a preview in process cannot ask.`,
    got: type,
    expected: "resources and components of this workspace",
    fix: "Preview this stack with Pulumi itself, or use a component that runs in process.",
  };
}

/** A type that the AWS model does not have. */
export function unknownTypeProblem(type: string): ResourceProblem {
  return {
    code: "UNKNOWN_TYPE",
    message: `${type} is not a resource type that a preview knows.`,
    got: type,
    expected: "a resource type of @pulumi/aws",
    fix: "Use a type of @pulumi/aws, or preview this stack with Pulumi itself.",
  };
}

/** A provider that is bound to another account than its stack's, or to none. */
export function providerAccountProblem(
  stack: string,
  accountId: string,
  bound: readonly string[],
): ResourceProblem {
  return {
    code: "PROVIDER_ACCOUNT",
    message: `The provider is not bound to the account of the stack ${stack}.`,
    got: bound,
    expected: `allowedAccountIds with ${accountId}`,
    fix: "Use the provider that the program is given (context.provider), or name the account in allowedAccountIds.",
  };
}
