export type { Kind, OutputsOf, StackContracts } from "./contracts.ts";
export { defineOrganization, readOrganization } from "./define-organization.ts";
export type { TypedOrganizationDefinition } from "./define-organization.ts";
export type {
  AccountDefaultsInput,
  AccountInput,
  AddressPoolInput,
  AddressRequestInput,
  GuardrailsInput,
  OrganizationalUnitPath,
  OrganizationalUnitTree,
  OrganizationInput,
  OwnPolicyInput,
  UnitInput,
} from "./input.ts";
export {
  LIFECYCLE,
  LIFECYCLE_STATES,
  isQuarantined,
  isVended,
  lifecycleDecision,
} from "./lifecycle.ts";
export type { LifecycleAction, LifecycleCommand, LifecycleDecision } from "./lifecycle.ts";
export type {
  Account,
  AddressAllocation,
  AddressPool,
  AddressRequest,
  Guardrails,
  LifecycleState,
  Organization,
  OrganizationDefinition,
  OrganizationSettings,
  OrganizationalUnit,
  OwnPolicy,
  PolicyAttachment,
  Unit,
} from "./model.ts";
export { planStacks } from "./planning/plan-stacks.ts";
export type { StacksPlan } from "./planning/plan-stacks.ts";
export type { ProgramManifest, StackPlan } from "./planning/stack-plan.ts";
export { defineStack, defineUnit } from "./stack.ts";
export type { ProgramOutputs, StackContext, StackDefinition, UnitDefinition } from "./stack.ts";
export { locateProblems } from "./locate-problems.ts";
