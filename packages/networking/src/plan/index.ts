export {
  type AddressBook,
  addressBookPath,
  allocationsOf,
  EMPTY_ADDRESS_BOOK,
  renderAddressBook,
} from "./address-book.ts";
export { type AddressKey, formatAddressKey, parseAddressKey } from "./address-key.ts";
export { locateAddressProblems } from "./address-lines.ts";
export {
  allocateAddresses,
  type AddressAllocationResult,
  type AllocateOptions,
} from "./allocate-addresses.ts";
export { checkAccountAddresses, checkAddressBook } from "./check-address-book.ts";
export { checkVpc } from "./check-vpc.ts";
export { parseAddressBook, type ParsedAddressBook } from "./parse-address-book.ts";
export { planVpc } from "./plan-vpc.ts";
export { TIERS } from "./vpc-layout.ts";
export type {
  GatewayEndpointPlan,
  GatewayService,
  NatGatewayPlan,
  NatMode,
  RoutePlan,
  RouteTablePlan,
  RouteTarget,
  SubnetPlan,
  VpcPlan,
  VpcRequirements,
} from "./vpc-plan.ts";
export type { AddressedOrganization } from "./vpc-requests.ts";
