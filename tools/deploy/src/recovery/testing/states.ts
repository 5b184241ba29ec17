import type { PendingOperation, StateResource } from "../../state/deployment.ts";
import type { DeclaredResource } from "../declared.ts";

/** URN of the provider of these states. */
const PROVIDER_URN = "urn:pulumi:shop::acme::pulumi:providers:aws::aws";

/** A provider's reference as a state has it. */
export const PROVIDER = `${PROVIDER_URN}::p-1`;

/** The URN of a VPC. */
export function vpcUrn(name: string): string {
  return `urn:pulumi:shop::acme::aws:ec2/vpc:Vpc::${name}`;
}

/** A VPC in a state. */
export function vpc(name: string, more: Partial<StateResource> = {}): StateResource {
  return {
    urn: vpcUrn(name),
    type: "aws:ec2/vpc:Vpc",
    custom: true,
    id: `vpc-${name}`,
    inputs: {},
    outputs: {},
    provider: PROVIDER,
    ...more,
  };
}

/** The provider in a state. */
export const provider: StateResource = {
  urn: PROVIDER_URN,
  type: "pulumi:providers:aws",
  custom: true,
  id: "p-1",
};

/** An operation that nobody knows the end of. */
export function pending(type: PendingOperation["type"], resource: StateResource): PendingOperation {
  return { type, resource };
}

/** A VPC as the program declares it. */
export function declaredVpc(name: string, more: Partial<DeclaredResource> = {}): DeclaredResource {
  return {
    urn: vpcUrn(name),
    type: "aws:ec2/vpc:Vpc",
    name,
    inputs: { cidrBlock: "10.0.0.0/16" },
    outputs: {},
    parent: null,
    dependencies: [],
    provider: `${PROVIDER_URN}::planned`,
    options: {},
    ...more,
  };
}
