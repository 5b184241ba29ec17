import { companionsOf, defaultPartsOf } from "../companions.ts";
import type { PlainRecord } from "../../values.ts";
import type { Cloud, CloudResource } from "../cloud.ts";
import { beside, NO_CHANGE, text } from "../look.ts";
import type { CloudContext, CloudTable, UniqueRule } from "../row.ts";
import { EC2_ERRORS, provider } from "../sources.ts";
import {
  BUCKET,
  DEFAULT_VPC,
  DHCP_OPTIONS,
  FLOW_LOG,
  LOG_GROUP,
  MAIN_TABLE_ASSOCIATION,
  SUBNET,
  TRAFFIC_BLOCK,
  TRAFFIC_EXCLUSION,
  VPC,
} from "../type-names.ts";
import { atMost } from "./counting.ts";
import { toRoleArn, toSubnet, toVpc } from "./references.ts";
import { insideVpc, subnetsApart, zoneOfRegion } from "./subnet-rules.ts";

const VPC_QUOTA = atMost({
  rule: "ec2/vpcs-per-region",
  code: "VpcLimitExceeded",
  limit: "vpc/vpcs-per-region",
  what: "VPCs in the region",
  provenance: EC2_ERRORS,
});

function defaultVpcOf({ wanted, cloud }: CloudContext): CloudResource | undefined {
  return beside(cloud, wanted, [DEFAULT_VPC])[0];
}

/** The main route table is the default one until another takes its place. */
function mainTable(vpc: CloudResource, cloud: Cloud): PlainRecord {
  const association = beside(cloud, vpc, [MAIN_TABLE_ASSOCIATION]).find(
    ({ outputs }) => outputs["vpcId"] === vpc.id,
  );
  const main = association ?? vpc;
  const property = association === undefined ? "defaultRouteTableId" : "routeTableId";
  const mainRouteTableId = text(main.outputs, property);
  return mainRouteTableId === undefined ? {} : { mainRouteTableId };
}

/** Of one network, to one place, for one kind of traffic there is one log. */
function flowLogOnce(of: string): UniqueRule {
  return {
    rule: `ec2/flow-log-of-${of === "vpcId" ? "vpc" : "subnet"}`,
    code: "FlowLogAlreadyExists",
    text: "There is one flow log with the same configuration.",
    of: [of, "logDestination", "trafficType"],
    within: "region",
    provenance: EC2_ERRORS,
  };
}

/** VPCs, subnets and what belongs to them as a whole. */
export const VPC_ROWS: CloudTable = {
  [VPC]: {
    references: "none",
    limits: [VPC_QUOTA],
    view: mainTable,
    effects: ({ wanted, current, scope }) =>
      current === undefined
        ? { put: companionsOf(wanted, scope.partition), remove: [] }
        : NO_CHANGE,
  },
  [DEFAULT_VPC]: {
    references: "none",
    limits: [VPC_QUOTA],
    adopts: defaultVpcOf,
    view: (vpc, cloud) => ({ existingDefaultVpc: true, ...mainTable(vpc, cloud) }),
    effects: ({ wanted, current, scope }) =>
      current === undefined
        ? { put: defaultPartsOf(wanted, scope.partition), remove: [] }
        : NO_CHANGE,
    removal: {
      change: ({ inputs }) => (inputs["forceDestroy"] === true ? undefined : NO_CHANGE),
      text: "The default VPC stays as it is, unless forceDestroy is set.",
      provenance: provider("ec2/vpc_default_vpc.go@05a271d"),
    },
  },
  [SUBNET]: {
    references: [toVpc("vpcId", { holds: "DependencyViolation" })],
    checks: [zoneOfRegion, insideVpc, subnetsApart],
    limits: [
      atMost(
        {
          rule: "ec2/subnets-per-vpc",
          code: "SubnetLimitExceeded",
          limit: "vpc/subnets-per-vpc",
          what: "subnets in the VPC",
          provenance: EC2_ERRORS,
        },
        ["vpcId"],
      ),
    ],
  },
  [DHCP_OPTIONS]: { references: "none" },
  [FLOW_LOG]: {
    references: [
      toVpc("vpcId"),
      toSubnet("subnetId"),
      toRoleArn("iamRoleArn", "InvalidParameter", EC2_ERRORS),
      {
        path: "logDestination",
        to: [BUCKET, LOG_GROUP],
        code: "LogDestinationNotFound",
        by: ["arn"],
        within: "organization",
        // A folder of a bucket, any stream of a group, and Firehose, which the model does not know.
        except: /:s3:::[^/]+\/|:\*$|:firehose:/u,
        provenance: EC2_ERRORS,
      },
    ],
    unique: [flowLogOnce("vpcId"), flowLogOnce("subnetId")],
  },
  [TRAFFIC_BLOCK]: {
    references: "none",
    setting: true,
  },
  [TRAFFIC_EXCLUSION]: {
    references: [toVpc("vpcId", { follows: true }), toSubnet("subnetId", { follows: true })],
  },
};
