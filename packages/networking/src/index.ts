export { type OrganizationEndpointPolicyArgs, s3EndpointPolicy } from "./endpoint-policies.ts";
export { Vpc } from "./vpc.ts";
export type { FlowLogArgs, VpcArgs, VpcOverrides } from "./vpc-args.ts";
export { type VpcOutputs, vpcOutputs } from "./vpc-outputs.ts";
export { vpcPerRegion, type VpcPerRegionArgs } from "./vpc-per-region.ts";
