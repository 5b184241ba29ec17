/** What AWS accepts as the name of one resource type. */
export interface NameRule {
  /** Least number of characters. */
  readonly minLength: number;
  /** Greatest number of characters. */
  readonly maxLength: number;
  /** Characters allowed, as the inside of a regular expression's character class. */
  readonly characters: string;
  /** What the first and the last character may be, in the same form. @default any of `characters` */
  readonly ends?: string;
  /** What the first character may be, where it is narrower than `ends`. @default `ends` */
  readonly start?: string;
  /** Beginnings that AWS keeps for itself, in lower case; compared without case. @default none */
  readonly reservedPrefixes?: readonly string[];
  /** Whether two of these may not follow each other, in the same form as `characters`. @default none */
  readonly notDoubled?: string;
  /** Where the rule is from. */
  readonly source: string;
  /** Day on which the source was read. */
  readonly date: string;
}

// Every row was read on this day; a row that is read again later gets a date of its own.
const date = "2026-11-23";
const word = "A-Za-z0-9_";
const alphanumeric = "A-Za-z0-9";

function model(service: string, shape: string): { readonly source: string; readonly date: string } {
  return { source: `botocore 1.44.5, ${service}: ${shape}`, date };
}

function doc(url: string): { readonly source: string; readonly date: string } {
  return { source: url, date };
}

function rule(
  minLength: number,
  maxLength: number,
  characters: string,
  from: { readonly source: string; readonly date: string },
  more: Pick<NameRule, "ends" | "start" | "reservedPrefixes" | "notDoubled"> = {},
): NameRule {
  return { minLength, maxLength, characters, ...more, ...from };
}

const iamCharacters = `${word}+=,.@-`;
const ecsCharacters = `${word}-`;
const printableAscii = "\\x20-\\x7e";

/**
 * Name rules by Pulumi type token: the types that a platform names itself. Where AWS documents a set of characters
 * but its API accepts more, the documented set stands.
 */
export const nameRules: Readonly<Record<string, NameRule>> = {
  "aws:accessanalyzer/analyzer:Analyzer": rule(
    1,
    255,
    `${word}.-`,
    model("accessanalyzer", "CreateAnalyzer.analyzerName"),
    { start: "A-Za-z_" },
  ),
  // Any ASCII but the colon is documented; a slash or a space only makes ARNs and commands harder to read.
  "aws:autoscaling/group:Group": rule(
    1,
    255,
    `${word}.-`,
    model("autoscaling", "CreateAutoScalingGroup.AutoScalingGroupName"),
  ),
  "aws:batch/computeEnvironment:ComputeEnvironment": rule(
    1,
    128,
    `${word}-`,
    model("batch", "CreateComputeEnvironment.computeEnvironmentName"),
  ),
  "aws:batch/jobQueue:JobQueue": rule(
    1,
    128,
    `${word}-`,
    model("batch", "CreateJobQueue.jobQueueName"),
  ),
  "aws:budgets/budget:Budget": rule(1, 100, `${word} .-`, model("budgets", "Budget.BudgetName")),
  "aws:cloudtrail/trail:Trail": rule(3, 128, `${word}.-`, model("cloudtrail", "CreateTrail.Name"), {
    ends: alphanumeric,
    notDoubled: "_.-",
  }),
  "aws:cloudwatch/eventBus:EventBus": rule(
    1,
    256,
    `${word}/.-`,
    model("events", "CreateEventBus.Name"),
  ),
  "aws:cloudwatch/eventRule:EventRule": rule(1, 64, `${word}.-`, model("events", "PutRule.Name")),
  "aws:cloudwatch/logGroup:LogGroup": rule(
    1,
    512,
    `${word}./#-`,
    model("logs", "CreateLogGroup.logGroupName"),
  ),
  "aws:cloudwatch/metricAlarm:MetricAlarm": rule(
    1,
    255,
    printableAscii,
    model("cloudwatch", "PutMetricAlarm.AlarmName"),
  ),
  "aws:codebuild/project:Project": rule(
    2,
    150,
    `${word}-`,
    model("codebuild", "CreateProject.name"),
    { start: alphanumeric },
  ),
  "aws:codepipeline/pipeline:Pipeline": rule(
    1,
    100,
    `${word}.@-`,
    model("codepipeline", "CreatePipeline.pipeline.name"),
  ),
  "aws:dynamodb/table:Table": rule(3, 255, `${word}.-`, model("dynamodb", "TableName")),
  "aws:ec2/launchTemplate:LaunchTemplate": rule(
    3,
    128,
    `${word}().\\/-`,
    model("ec2", "LaunchTemplateName"),
  ),
  "aws:ec2/securityGroup:SecurityGroup": rule(
    1,
    255,
    `${word} .:/()#,@\\[\\]+=&;{}!$*-`,
    model("ec2", "CreateSecurityGroup.GroupName"),
    { reservedPrefixes: ["sg-"] },
  ),
  // Slashes make namespaces; underscores are left out, because only one or two of them may stand together.
  "aws:ecr/repository:Repository": rule(
    2,
    256,
    "a-z0-9/.-",
    model("ecr", "CreateRepository.repositoryName"),
    { ends: "a-z0-9", notDoubled: "/.-" },
  ),
  "aws:ecs/capacityProvider:CapacityProvider": rule(
    1,
    255,
    ecsCharacters,
    model("ecs", "CreateCapacityProvider.name"),
    { reservedPrefixes: ["aws", "ecs", "fargate"] },
  ),
  "aws:ecs/cluster:Cluster": rule(1, 255, ecsCharacters, model("ecs", "CreateCluster.clusterName")),
  "aws:ecs/service:Service": rule(1, 255, ecsCharacters, model("ecs", "CreateService.serviceName")),
  "aws:ecs/taskDefinition:TaskDefinition": rule(
    1,
    255,
    ecsCharacters,
    model("ecs", "RegisterTaskDefinition.family"),
  ),
  "aws:iam/group:Group": rule(1, 128, iamCharacters, model("iam", "CreateGroup.GroupName")),
  "aws:iam/instanceProfile:InstanceProfile": rule(
    1,
    128,
    iamCharacters,
    model("iam", "CreateInstanceProfile.InstanceProfileName"),
  ),
  "aws:iam/policy:Policy": rule(1, 128, iamCharacters, model("iam", "CreatePolicy.PolicyName")),
  "aws:iam/role:Role": rule(1, 64, iamCharacters, model("iam", "CreateRole.RoleName")),
  "aws:iam/user:User": rule(1, 64, iamCharacters, model("iam", "CreateUser.UserName")),
  // The provider wants `alias/` written out; `alias/aws/` is AWS's own.
  "aws:kms/alias:Alias": rule(7, 256, `${word}/-`, model("kms", "CreateAlias.AliasName"), {
    reservedPrefixes: ["alias/aws/"],
  }),
  "aws:lambda/function:Function": rule(
    1,
    64,
    `${word}-`,
    model("lambda", "CreateFunction.FunctionName"),
  ),
  "aws:lb/loadBalancer:LoadBalancer": rule(
    1,
    32,
    `${alphanumeric}-`,
    model("elbv2", "CreateLoadBalancer.Name"),
    { ends: alphanumeric, reservedPrefixes: ["internal-"] },
  ),
  "aws:lb/targetGroup:TargetGroup": rule(
    1,
    32,
    `${alphanumeric}-`,
    model("elbv2", "CreateTargetGroup.Name"),
    { ends: alphanumeric },
  ),
  "aws:organizations/account:Account": rule(
    1,
    50,
    printableAscii,
    model("organizations", "CreateAccount.AccountName"),
  ),
  // AWS takes any character; printable ASCII without the slash keeps an OU's path readable and unambiguous.
  "aws:organizations/organizationalUnit:OrganizationalUnit": rule(
    1,
    128,
    "\\x20-\\x2e\\x30-\\x7e",
    model("organizations", "CreateOrganizationalUnit.Name"),
  ),
  "aws:organizations/policy:Policy": rule(
    1,
    128,
    printableAscii,
    model("organizations", "CreatePolicy.Name"),
  ),
  // 63 for Aurora, 52 for Multi-AZ clusters: the shorter fits both.
  "aws:rds/cluster:Cluster": rule(
    1,
    52,
    "a-z0-9-",
    model("rds", "CreateDBCluster.DBClusterIdentifier"),
    { ends: "a-z0-9", start: "a-z", notDoubled: "-" },
  ),
  "aws:rds/instance:Instance": rule(
    1,
    63,
    "a-z0-9-",
    model("rds", "CreateDBInstance.DBInstanceIdentifier"),
    { ends: "a-z0-9", start: "a-z", notDoubled: "-" },
  ),
  // Periods are allowed by AWS and left out here: they break TLS for virtual-hosted addresses.
  "aws:s3/bucket:Bucket": rule(
    3,
    63,
    "a-z0-9-",
    doc("https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"),
    { ends: "a-z0-9", reservedPrefixes: ["xn--", "sthree-", "amzn-s3-demo-"] },
  ),
  "aws:scheduler/schedule:Schedule": rule(
    1,
    64,
    `${word}.-`,
    model("scheduler", "CreateSchedule.Name"),
  ),
  "aws:secretsmanager/secret:Secret": rule(
    1,
    512,
    `${word}/+=.@-`,
    model("secretsmanager", "CreateSecret.Name"),
  ),
  // AWS takes more, but logs to CloudWatch only under these names.
  "aws:sfn/stateMachine:StateMachine": rule(
    1,
    80,
    `${word}-`,
    model("stepfunctions", "CreateStateMachine.name"),
  ),
  "aws:sns/topic:Topic": rule(1, 256, `${word}-`, model("sns", "CreateTopic.Name")),
  "aws:sqs/queue:Queue": rule(1, 80, `${word}-`, model("sqs", "CreateQueue.QueueName")),
};
