import type { Cloud, CloudResource } from "../cloud.ts";
import { beside, isNot, NO_CHANGE, others, targetOf } from "../look.ts";
import type { CheckRule, CloudTable, Reference } from "../row.ts";
import { api, EC2_ERRORS, observed, provider } from "../sources.ts";
import {
  CAPACITY_PROVIDER,
  CLUSTER,
  CLUSTER_PROVIDERS,
  LAUNCH_TEMPLATE,
  SCALING_GROUP,
} from "../type-names.ts";
import { valuesAt } from "../values-at.ts";
import { toEc2, toGroup, toKey, toProfile, toSubnet } from "./references.ts";

const TEMPLATE_CHECKED = observed(
  "terraform-provider-aws, what internal/service/autoscaling/group.go says of ValidationError",
);

/** Where an Auto Scaling group names its launch template. */
const TEMPLATE_PATHS = [
  "launchTemplate.id",
  "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId",
];

/** What a launch template names, and instances need. */
const IN_TEMPLATE: readonly Reference[] = [
  toGroup("vpcSecurityGroupIds[]"),
  toGroup("networkInterfaces[].securityGroups[]"),
  toSubnet("networkInterfaces[].subnetId"),
  toProfile("iamInstanceProfile.arn", ["arn"], EC2_ERRORS),
  toProfile("iamInstanceProfile.name", ["id"], EC2_ERRORS),
];

/** A group tries its template out: whatever that names must be there. */
const validTemplate: CheckRule = {
  rule: "autoscaling/valid-launch-template",
  kind: "not-found",
  code: "ValidationError",
  text: "What the launch template of an Auto Scaling group names exists when the group is made.",
  provenance: TEMPLATE_CHECKED,
  check({ wanted, cloud }) {
    if (!cloud.complete) return [];
    return TEMPLATE_PATHS.flatMap((path) =>
      valuesAt(wanted.inputs, path).flatMap(({ value }) => {
        const template = beside(cloud, wanted, [LAUNCH_TEMPLATE]).find(({ id }) => id === value);
        const missing = template === undefined ? [] : missingOf(template, cloud);
        return missing.map((name) => ({
          path,
          message: `You must use a valid fully-formed launch template. ${name} does not exist`,
        }));
      }),
    );
  },
};

function missingOf(template: CloudResource, cloud: Cloud): readonly string[] {
  return IN_TEMPLATE.flatMap((reference) =>
    valuesAt(template.inputs, reference.path).flatMap(({ value }) =>
      typeof value === "string" && targetOf(reference, value, template, cloud) === undefined
        ? [value]
        : [],
    ),
  );
}

/** Launch templates, Auto Scaling, ECS, and the settings that a region has of EC2. */
export const COMPUTE_ROWS: CloudTable = {
  [LAUNCH_TEMPLATE]: {
    // AWS takes a template with names of what is not there, and says so in a warning alone.
    references: "none",
    unique: [
      {
        rule: "ec2/launch-template-name",
        code: "InvalidLaunchTemplateName.AlreadyExistsException",
        text: "Two launch templates of a region have two names.",
        of: ["name"],
        within: "region",
        provenance: EC2_ERRORS,
      },
    ],
  },
  [SCALING_GROUP]: {
    references: [
      ...TEMPLATE_PATHS.map((path) =>
        toEc2(path, LAUNCH_TEMPLATE, "ValidationError", { provenance: TEMPLATE_CHECKED }),
      ),
      {
        ...toSubnet("vpcZoneIdentifiers[]"),
        code: "ValidationError",
        provenance: TEMPLATE_CHECKED,
      },
    ],
    checks: [validTemplate],
    unique: [
      {
        rule: "autoscaling/group-name",
        code: "AlreadyExists",
        text: "Two Auto Scaling groups of a region have two names.",
        of: ["name"],
        within: "region",
        provenance: api("autoscaling: AlreadyExistsFault"),
      },
    ],
  },
  [CLUSTER]: {
    // assumed, 2026-11-27: ECS lists no error for a name that is taken and answers with the cluster that is there.
    setting: true,
    references: [
      toKey(
        "configuration.executeCommandConfiguration.kmsKeyId",
        "InvalidParameterException",
        api("ecs: CreateCluster"),
      ),
    ],
  },
  [CAPACITY_PROVIDER]: {
    references: [
      {
        path: "autoScalingGroupProvider.autoScalingGroupArn",
        to: [SCALING_GROUP],
        code: "ClientException",
        by: ["arn"],
        provenance: api("ecs: CreateCapacityProvider, ClientException"),
      },
    ],
    unique: [
      {
        rule: "ecs/capacity-provider-name",
        code: "ClientException",
        text: "Two capacity providers of a region have two names.",
        of: ["name"],
        within: "region",
        provenance: api("ecs: CreateCapacityProvider, ClientException"),
      },
    ],
  },
  [CLUSTER_PROVIDERS]: {
    references: [
      {
        path: "clusterName",
        to: [CLUSTER],
        code: "ClusterNotFoundException",
        by: ["name", "arn"],
        holds: "ClusterContainsCapacityProviderException",
        provenance: api("ecs: PutClusterCapacityProviders, ClusterNotFoundException"),
      },
      {
        path: "capacityProviders[]",
        to: [CAPACITY_PROVIDER],
        code: "InvalidParameterException",
        by: ["name", "arn"],
        except: /^FARGATE(?:_SPOT)?$/u,
        holds: "ResourceInUseException",
        provenance: api("ecs: PutClusterCapacityProviders"),
      },
    ],
    setting: true,
  },
  "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": {
    references: "none",
    setting: true,
    removal: {
      change: () => NO_CHANGE,
      text: "Whether images may be public stays as it is.",
      provenance: provider("ec2/ec2_image_block_public_access.go@00e9e33"),
    },
  },
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": {
    references: "none",
    setting: true,
  },
  "aws:ebs/encryptionByDefault:EncryptionByDefault": { references: "none", setting: true },
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": {
    references: "none",
    setting: true,
  },
  "aws:ebs/defaultKmsKey:DefaultKmsKey": {
    references: [toKey("keyArn", "InvalidParameterValue", EC2_ERRORS)],
    setting: true,
    // A region has one default key; its id is the key's.
    effects: (context) => ({ put: [], remove: others(context).filter(isNot(context.wanted)) }),
  },
};
