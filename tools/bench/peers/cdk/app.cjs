// Peer 1: the bench organization's content as an AWS CDK app. One process, one stack an account, explicit environments.
// CommonJS, as `cdk init` compiles to: an ES module import of aws-cdk-lib would load every one of its services.
// Usage: node app.cjs <accounts> <output folder>
"use strict";
const cdk = require("aws-cdk-lib");
const autoscaling = require("aws-cdk-lib/aws-autoscaling");
const ec2 = require("aws-cdk-lib/aws-ec2");
const ecs = require("aws-cdk-lib/aws-ecs");
const iam = require("aws-cdk-lib/aws-iam");

const REGION = "eu-west-1";
const FIRST_ACCOUNT_ID = 100_000_000_001;

class AccountStack extends cdk.Stack {
  /** Stated, so that no look-up against AWS is asked for. */
  get availabilityZones() {
    return [`${REGION}a`, `${REGION}b`, `${REGION}c`];
  }

  constructor(scope, name, index) {
    super(scope, name, { env: { account: String(FIRST_ACCOUNT_ID + index), region: REGION } });
    const vpc = new ec2.Vpc(this, "Vpc", {
      ipAddresses: ec2.IpAddresses.cidr("10.0.0.0/16"),
      maxAzs: 3,
      natGateways: 3,
      subnetConfiguration: [
        { name: "public", subnetType: ec2.SubnetType.PUBLIC, cidrMask: 20 },
        { name: "private", subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
        { name: "isolated", subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 20 },
      ],
    });
    const cluster = new ecs.Cluster(this, "Cluster", { vpc });
    const role = new iam.Role(this, "Role", {
      assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName(
          "service-role/AmazonEC2ContainerServiceforEC2Role",
        ),
      ],
    });
    const securityGroup = new ec2.SecurityGroup(this, "Instances", { vpc });
    const launchTemplate = new ec2.LaunchTemplate(this, "Template", {
      machineImage: ecs.EcsOptimizedImage.amazonLinux2023(),
      instanceType: new ec2.InstanceType("m7i.large"),
      userData: ec2.UserData.forLinux(),
      requireImdsv2: true,
      role,
      securityGroup,
    });
    const autoScalingGroup = new autoscaling.AutoScalingGroup(this, "Group", {
      vpc,
      launchTemplate,
      minCapacity: 0,
      maxCapacity: 6,
    });
    const provider = new ecs.AsgCapacityProvider(this, "Provider", { autoScalingGroup });
    cluster.addAsgCapacityProvider(provider);
  }
}

const [count, outdir] = process.argv.slice(2);
const app = new cdk.App({ outdir });
for (let index = 0; index < Number(count); index += 1) {
  new AccountStack(app, `bench-${String(index + 1).padStart(4, "0")}`, index);
}
app.synth();
