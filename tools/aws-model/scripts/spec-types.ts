import type { Resource } from "@aws-cdk/service-spec-types";
import { normal } from "./names.ts";
import { specResource, specResources } from "./spec-source.ts";

/** Folders of `@pulumi/aws` whose services have another name in the specification. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  alb: ["elasticloadbalancingv2"],
  cfg: ["config"],
  cloudwatch: ["cloudwatch", "logs", "events"],
  ebs: ["ec2"],
  ec2clientvpn: ["ec2"],
  ec2transitgateway: ["ec2"],
  lb: ["elasticloadbalancingv2"],
  // Most of its types have DB before their names.
  rds: ["rdsdb", "rds"],
  sfn: ["stepfunctions"],
  ssoadmin: ["sso"],
  vpc: ["ec2"],
};

/** Types whose names differ more than a rule could tell. */
const TYPES: Readonly<Record<string, string>> = {
  "aws:autoscaling/group:Group": "AWS::AutoScaling::AutoScalingGroup",
  "aws:cloudwatch/eventRule:EventRule": "AWS::Events::Rule",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "AWS::CloudWatch::Alarm",
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": "AWS::EC2::DHCPOptions",
  "aws:iam/policy:Policy": "AWS::IAM::ManagedPolicy",
  "aws:route53/record:Record": "AWS::Route53::RecordSet",
  "aws:route53/zone:Zone": "AWS::Route53::HostedZone",
  "aws:sns/topicSubscription:TopicSubscription": "AWS::SNS::Subscription",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "AWS::EC2::SecurityGroupEgress",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "AWS::EC2::SecurityGroupIngress",
};

const byName = new Map(
  specResources().map((resource) => [normal(resource.cloudFormationType.slice(5)), resource]),
);

/** The resource of the specification that a type of `@pulumi/aws` stands for, by its name. */
export function specResourceOf(type: string): Resource | undefined {
  const fixed = TYPES[type];
  if (fixed !== undefined) return specResource(fixed);
  const [folder = "", rest = ""] = type.slice("aws:".length).split("/");
  const name = normal(rest.slice(rest.indexOf(":") + 1));
  for (const service of SERVICES[folder] ?? [folder]) {
    const found = byName.get(service + name) ?? byName.get(service + name.replace(/^vpc/u, ""));
    if (found !== undefined) return found;
  }
  return undefined;
}
