import { UNKNOWN } from "../../values.ts";
import { always, ASSUMED, PROVIDER_EXAMPLES } from "../type-rule.ts";
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
    // The provider documents no id for these settings of a region.
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": {
      id: "{region}",
      provenance: ASSUMED,
    },
    "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": {
      id: "{region}",
      provenance: ASSUMED,
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
