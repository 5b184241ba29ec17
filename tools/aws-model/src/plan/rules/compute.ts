import { UNKNOWN } from "../../values.ts";
import { always, PROVIDER_EXAMPLES } from "../type-rule.ts";
import type { RuleTable } from "../type-rule.ts";

/** Launch templates, Auto Scaling, ECS and the account-wide settings of EC2 and EBS. */
export const COMPUTE: RuleTable = {
  provenance: PROVIDER_EXAMPLES,
  rules: {
    "aws:ec2/launchTemplate:LaunchTemplate": {
      id: "lt-{hex:17}",
      outputs: {
        arn: "arn:{partition}:ec2:{region}:{account}:launch-template/{id}",
        defaultVersion: always(1),
        latestVersion: always(1),
      },
    },
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": {
      id: "{account}",
      provenance: {
        kind: "provider",
        source: "terraform-provider-aws ec2/ec2_image_block_public_access.go@00e9e33",
        date: "2026-11-27",
      },
    },
    "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": {
      id: "{account}",
      provenance: {
        kind: "provider",
        source: "terraform-provider-aws ec2/ec2_instance_metadata_defaults.go@02568cd",
        date: "2026-11-27",
      },
    },
    "aws:ebs/encryptionByDefault:EncryptionByDefault": { id: always("default") },
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": { id: always("default") },
    "aws:ebs/defaultKmsKey:DefaultKmsKey": { id: "{=keyArn}" },
    "aws:autoscaling/group:Group": {
      id: "{=name}",
      outputs: {
        arn: "arn:{partition}:autoscaling:{region}:{account}:autoScalingGroup:{uuid}:autoScalingGroupName/{=name}",
        defaultCooldown: always(300),
        desiredCapacity: ({ values }) => values["minSize"] ?? UNKNOWN,
        healthCheckType: always("EC2"),
        predictedCapacity: always(0),
        warmPoolSize: always(0),
        serviceLinkedRoleArn:
          "arn:{partition}:iam::{account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
      },
    },
    "aws:ecs/cluster:Cluster": {
      id: "arn:{partition}:ecs:{region}:{account}:cluster/{=name}",
      outputs: { arn: "{id}" },
    },
    "aws:ecs/capacityProvider:CapacityProvider": {
      id: "arn:{partition}:ecs:{region}:{account}:capacity-provider/{=name}",
      outputs: { arn: "{id}" },
    },
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": { id: "{=clusterName}" },
  },
};
