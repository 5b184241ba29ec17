export { AccountBaseline } from "./components/account-baseline.ts";
export type {
  AccountBaselineArgs,
  AccountBaselineOverrides,
} from "./components/account-baseline.ts";
export { accountProvider } from "./components/account-provider.ts";
export { identityTransformation } from "./components/identity-tags.ts";
export type {
  ExistingOrganization,
  OrganizationResourcesArgs,
  OrganizationResourcesOverrides,
} from "./components/organization-resources-args.ts";
export { OrganizationResources } from "./components/organization-resources.ts";
export { PLANNED_FILE_VARIABLE } from "./components/planned-outputs.ts";
export { runStack } from "./run-stack.ts";
export type { RunStackArgs } from "./run-stack.ts";
