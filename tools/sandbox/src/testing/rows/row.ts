import type { WireRecord, WireValue } from "../../rpc/values.ts";
import type { Known, ProtocolClient } from "../protocol-client.ts";

/** Why a type has none of something, and where that is from. */
export interface None {
  readonly none: string;
}

/** One type as the sandbox must answer it and an echo of the inputs cannot. */
export interface TypeRow {
  readonly type: string;
  /** Whose stack it is made in. @default "network" */
  readonly account?: "management" | "network";
  /** The id under which it is there already: it is imported and not made. @default it is made */
  readonly importId?: string;
  /** Makes what the resource refers to and gives its inputs. */
  readonly inputs: (world: World) => Promise<WireRecord> | WireRecord;
  /** What AWS or the provider adds although nobody gave it. */
  readonly adds: WireRecord | None;
  /** The form of outputs that AWS decides; `id` is the id. */
  readonly computed: Readonly<Record<string, RegExp>> | None;
  /** Changed inputs for which the provider makes a new resource. */
  readonly replaces: Change | None;
  /** Changed inputs that it changes in place. */
  readonly keeps: Change | None;
  /** Inputs that name what is not there, and AWS's code. */
  readonly refuses: { readonly inputs: WireRecord; readonly code: string } | None;
}

/** Inputs to lay over those of the row. */
export type Change = WireRecord | ((world: World) => Promise<WireRecord>);

/** An account in which the resources that a row refers to are made. */
export interface World {
  readonly client: ProtocolClient;
  /** Makes a resource and gives it as it is. */
  make(type: string, inputs: WireRecord): Promise<Known>;
}

/** A world in the stack of a client. */
export function worldOf(client: ProtocolClient): World {
  let made = 0;
  return {
    client,
    make: (type, inputs) => {
      made += 1;
      return client.create(type, `part-${String(made)}`, inputs);
    },
  };
}

/** An output as text. */
export function outputOf({ outputs }: Known, name: string): string {
  const value: WireValue | undefined = outputs[name];
  return typeof value === "string" ? value : "";
}

export const VPC = "aws:ec2/vpc:Vpc";

/** A VPC to put things into. */
export async function vpcOf(world: World, cidrBlock = "10.0.0.0/16"): Promise<Known> {
  return world.make(VPC, { cidrBlock });
}

export const SUBNET = "aws:ec2/subnet:Subnet";

/** A subnet of a VPC. */
export async function subnetOf(
  world: World,
  vpcId: string,
  cidrBlock = "10.0.1.0/24",
): Promise<Known> {
  return world.make(SUBNET, { vpcId, cidrBlock, availabilityZone: "eu-west-1a" });
}

/** An ARN of the test account, written so that no partition stands in the code. */
export function arnPattern(service: string, region: string, account: string, rest: string): RegExp {
  return new RegExp(`^${["arn", "aws", service, region, account, rest].join(":")}$`, "u");
}
