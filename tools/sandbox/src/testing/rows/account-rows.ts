import { arnPattern, type TypeRow } from "./row.ts";

const NOTHING = {
  none: "It is a setting of the account and refers to nothing (@pulumi/aws 7.48.0).",
};

/** What an account is set up with. */
export const ACCOUNT_ROWS: readonly TypeRow[] = [
  {
    type: "aws:accessanalyzer/analyzer:Analyzer",
    inputs: () => ({ analyzerName: "acme-account" }),
    adds: { type: "ACCOUNT", tagsAll: { owner: "platform" } },
    computed: {
      id: /^acme-account$/u,
      arn: arnPattern("access-analyzer", "eu-west-1", "333333333333", "analyzer/acme-account"),
    },
    replaces: { analyzerName: "another" },
    keeps: { tags: { Name: "new" } },
    refuses: { none: "An analyzer of an account refers to nothing (@pulumi/aws 7.48.0)." },
  },
  {
    type: "aws:account/region:Region",
    inputs: () => ({ regionName: "eu-central-2", enabled: true }),
    adds: { none: "It has no inputs that may be left out (@pulumi/aws 7.48.0, account.Region)." },
    computed: { id: /eu-central-2$/u, optStatus: /^ENABLED/u },
    replaces: { regionName: "eu-south-1" },
    keeps: { enabled: false },
    refuses: {
      none: "A region's name is checked by the provider, against no resource (@pulumi/aws 7.48.0).",
    },
  },
  {
    type: "aws:budgets/budget:Budget",
    inputs: () => ({
      name: "acme-monthly",
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: "100",
      limitUnit: "USD",
    }),
    adds: { accountId: "333333333333" },
    computed: {
      id: /^333333333333:acme-monthly$/u,
      arn: arnPattern("budgets", "", "333333333333", "budget/acme-monthly"),
    },
    replaces: { name: "another" },
    keeps: { limitAmount: "200" },
    refuses: { none: "A budget names no resource that it needs (@pulumi/aws 7.48.0)." },
  },
  {
    type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
    inputs: () => ({}),
    adds: { enabled: true, region: "eu-west-1" },
    computed: { none: "It has no outputs beside its inputs (@pulumi/aws 7.48.0)." },
    replaces: { region: "eu-central-1" },
    keeps: { enabled: false },
    refuses: NOTHING,
  },
  {
    type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    inputs: () => ({ state: "block-all-sharing" }),
    adds: { region: "eu-west-1" },
    computed: { none: "It has no outputs beside its inputs (@pulumi/aws 7.48.0)." },
    replaces: { region: "eu-central-1" },
    keeps: { state: "block-new-sharing" },
    refuses: NOTHING,
  },
  {
    type: "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
    inputs: () => ({ state: "block-new-sharing" }),
    adds: { region: "eu-west-1" },
    computed: { none: "It has no outputs beside its inputs (@pulumi/aws 7.48.0)." },
    replaces: { region: "eu-central-1" },
    keeps: { state: "unblocked" },
    refuses: NOTHING,
  },
  {
    type: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    inputs: () => ({ httpTokens: "required" }),
    adds: { region: "eu-west-1" },
    computed: { none: "It has no outputs beside its inputs (@pulumi/aws 7.48.0)." },
    replaces: { region: "eu-central-1" },
    keeps: { httpTokens: "optional" },
    refuses: NOTHING,
  },
  {
    type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    inputs: () => ({ minimumPasswordLength: 14, maxPasswordAge: 90 }),
    adds: { expirePasswords: true },
    computed: { id: /^iam-account-password-policy$/u },
    replaces: { none: "Nothing replaces it (internal/service/iam/account_password_policy.go)." },
    keeps: { minimumPasswordLength: 16 },
    refuses: NOTHING,
  },
  {
    type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    inputs: () => ({ blockPublicAcls: true }),
    adds: { blockPublicPolicy: false, accountId: "333333333333" },
    computed: { id: /^333333333333$/u },
    replaces: { accountId: "444444444444" },
    keeps: { blockPublicPolicy: true },
    refuses: NOTHING,
  },
];
