// Peer 2: one bench account as a Pulumi program, run by the SDK's own `cmd/run` with its defaults. The bench puts a copy
// of `organization/bench/account-content.ts` beside it. Compiled by ts-node, so local imports have no extension.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createAccountContent } from "./account-content";

const REGION = "eu-west-1";
const ZONE_IDS = ["euw1-az1", "euw1-az2", "euw1-az3"];
const TIERS = ["private", "isolated", "public"];

const subnets = TIERS.flatMap((tier, row) =>
  ZONE_IDS.map((zoneId, column) => ({
    tier,
    zoneId,
    cidr: `10.0.${(row * 3 + column) * 16}.0/20`,
  })),
);

const accountId = pulumi.getStack().replace(/^bench-/, "10000000");
const provider = new aws.Provider("aws", {
  region: REGION,
  allowedAccountIds: [accountId],
  assumeRoles: [
    { roleArn: `arn:aws:iam::${accountId}:role/AtollDeploy`, sessionName: pulumi.getStack() },
  ],
});

const content = createAccountContent({
  name: pulumi.getStack(),
  partition: "aws",
  vpcCidr: "10.0.0.0/16",
  subnets,
  provider,
});

export const vpcId = content.vpcId;
export const clusterArn = content.clusterArn;

// Without ts-node the SDK runs TypeScript natively and says nothing, so the program tells who compiled it.
interface TsNodeService {
  readonly options: { readonly transpileOnly?: boolean };
}
const marks = process as unknown as Record<symbol, TsNodeService | undefined>;
const registered = marks[Symbol.for("ts-node.register.instance")];
export const compiledBy =
  registered === undefined
    ? "not ts-node"
    : registered.options.transpileOnly === true
      ? "ts-node, transpile only"
      : "ts-node";
