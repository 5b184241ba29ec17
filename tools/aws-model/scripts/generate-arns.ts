/*
 * Writes `data/arns.json`: the form of the ARNs of every type that AWS's specification knows, and
 * `data/output-shapes.json`: patterns that planned ids and ARNs of the types in use are held
 * against in a test. For maintainers:
 *
 *   node scripts/generate-arns.ts <folder of an unpacked botocore> <botocore's version> <ISO day>
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { compareText } from "@atoll/core";
import { generateFrom } from "../src/tables/generate.ts";
import { apiPatterns } from "./api-source.ts";
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
  msk: ["msk"],
  sfn: ["stepfunctions"],
  ssoadmin: ["sso"],
  vpc: ["ec2"],
};

/** Types whose names differ more than a rule could tell. */
const TYPES: Readonly<Record<string, string>> = {
  "aws:autoscaling/group:Group": "AWS::AutoScaling::AutoScalingGroup",
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": "AWS::EC2::NetworkAcl",
  "aws:ec2/defaultRouteTable:DefaultRouteTable": "AWS::EC2::RouteTable",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "AWS::EC2::SecurityGroup",
  "aws:ec2/defaultSubnet:DefaultSubnet": "AWS::EC2::Subnet",
  "aws:ec2/defaultVpc:DefaultVpc": "AWS::EC2::VPC",
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": "AWS::EC2::DHCPOptions",
  "aws:iam/policy:Policy": "AWS::IAM::ManagedPolicy",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "AWS::EC2::SecurityGroupEgress",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "AWS::EC2::SecurityGroupIngress",
};

/** Outputs that a named shape of the API models describes. */
const API_SHAPES: readonly (readonly [
  type: string,
  output: string,
  service: string,
  shape: string,
])[] = [
  ["aws:accessanalyzer/analyzer:Analyzer", "arn", "accessanalyzer", "AnalyzerArn"],
  ["aws:ec2/vpc:Vpc", "id", "accessanalyzer", "VpcId"],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", "id", "logs", "VpcEndpointId"],
  ["aws:guardduty/detector:Detector", "arn", "guardduty", "GuardDutyArn"],
  ["aws:iam/policy:Policy", "arn", "budgets", "PolicyArn"],
  ["aws:iam/role:Role", "arn", "budgets", "RoleArn"],
  ["aws:kms/key:Key", "arn", "logs", "DetectorKmsKeyArn"],
  ["aws:organizations/account:Account", "id", "organizations", "AccountId"],
  ["aws:organizations/account:Account", "arn", "organizations", "AccountArn"],
  ["aws:organizations/organization:Organization", "id", "organizations", "OrganizationId"],
  ["aws:organizations/organization:Organization", "arn", "organizations", "OrganizationArn"],
  [
    "aws:organizations/organizationalUnit:OrganizationalUnit",
    "id",
    "organizations",
    "OrganizationalUnitId",
  ],
  [
    "aws:organizations/organizationalUnit:OrganizationalUnit",
    "arn",
    "organizations",
    "OrganizationalUnitArn",
  ],
  ["aws:organizations/policy:Policy", "id", "organizations", "PolicyId"],
  ["aws:organizations/policy:Policy", "arn", "organizations", "PolicyArn"],
  ["aws:organizations/resourcePolicy:ResourcePolicy", "id", "organizations", "ResourcePolicyId"],
  ["aws:organizations/resourcePolicy:ResourcePolicy", "arn", "organizations", "ResourcePolicyArn"],
  ["aws:securityhub/account:Account", "arn", "securityhub", "ResourceArn"],
];

const [botocore, botocoreVersion, date] = process.argv.slice(2);
if (botocore === undefined || botocoreVersion === undefined || date === undefined) {
  process.stderr.write("usage: generate-arns.ts <botocore folder> <version> <ISO day>\n");
  process.exit(2);
}

const require = createRequire(import.meta.url);
const data = join(import.meta.dirname, "..", "data");
const specVersion = (require("@aws-cdk/aws-service-spec/package.json") as { version: string })
  .version;
const sources = {
  spec: `@aws-cdk/aws-service-spec ${specVersion}`,
  api: `botocore ${botocoreVersion}`,
};
const byName = new Map(
  specResources().map((resource) => [normal(resource.cloudFormationType.slice(5)), resource]),
);

function arnTemplate(type: string): string | undefined {
  const [folder = "", rest = ""] = type.slice("aws:".length).split("/");
  const name = normal(rest.slice(rest.indexOf(":") + 1));
  const fixed = TYPES[type];
  if (fixed !== undefined) return specResource(fixed)?.arnTemplate;
  for (const service of SERVICES[folder] ?? [folder]) {
    const found = byName.get(service + name) ?? byName.get(service + name.replace(/^vpc/u, ""));
    if (found?.arnTemplate !== undefined) return found.arnTemplate;
  }
  return undefined;
}

/** `{partition}`, `{region}`, `{account}` and `{own}`; undefined when it takes more than one name. */
function ownTemplate(template: string): string | undefined {
  const own = template
    .replace("${Partition}", "{partition}")
    .replace("${Region}", "{region}")
    .replace("${Account}", "{account}");
  const places = own.match(/\$\{\w+\}/gu) ?? [];
  return places.length === 1 ? own.replace(/\$\{\w+\}/u, "{own}") : undefined;
}

const tables = generateFrom(dirname(require.resolve("@pulumi/aws/package.json")));
const templates: Record<string, string> = {};
for (const { resources } of tables.values()) {
  for (const [type, table] of Object.entries(resources)) {
    if (!("arn" in table.outputs)) continue;
    const template = ownTemplate(arnTemplate(type) ?? "");
    if (template !== undefined) templates[type] = template;
  }
}

const inUse = JSON.parse(readFileSync(join(data, "types-in-use.json"), "utf8")) as {
  readonly types: Readonly<Record<string, unknown>>;
};
const shapes: { type: string; output: string; pattern: string; from: string }[] = [];
for (const type of Object.keys(inUse.types)) {
  const template = arnTemplate(type);
  if (template === undefined || !hasArn(type)) continue;
  const pattern = template
    .replace(/[.*+?^()|[\]\\/]/gu, "\\$&")
    .replace("${Partition}", "aws(?:-cn|-us-gov)?")
    .replace("${Region}", "[a-z]{2}(?:-[a-z]+)+-\\d")
    .replace("${Account}", "\\d{12}")
    .replace(/\$\{\w+\}/gu, "[^:]+");
  shapes.push({ type, output: "arn", pattern: `^${pattern}$`, from: `spec ${template}` });
}
for (const [type, output, service, shape] of API_SHAPES) {
  const pattern = apiPatterns(botocore, service).get(shape);
  if (pattern === undefined) throw new Error(`${service} has no pattern for ${shape}`);
  const bare = pattern.replace(/^\^/u, "").replace(/\$$/u, "");
  shapes.push({ type, output, pattern: `^(?:${bare})$`, from: `api ${service} ${shape}` });
}
shapes.sort((a, b) => compareText(a.type, b.type) || compareText(a.from, b.from));

function hasArn(type: string): boolean {
  for (const { resources } of tables.values()) {
    if (resources[type] !== undefined) return "arn" in resources[type].outputs;
  }
  return false;
}

function write(file: string, content: unknown): void {
  writeFileSync(join(data, file), `${JSON.stringify(content, undefined, 2)}\n`);
}

const sorted = Object.fromEntries(Object.entries(templates).sort(([a], [b]) => compareText(a, b)));
write("arns.json", { date, source: sources.spec, templates: sorted });
write("output-shapes.json", { date, sources, shapes });
process.stdout.write(
  `${String(Object.keys(sorted).length)} ARN templates, ${String(shapes.length)} output shapes\n`,
);
