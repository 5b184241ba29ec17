import { readdirSync } from "node:fs";
import path from "node:path";

import { limit } from "@atoll/aws-facts";

import { POLICY_ASSETS } from "./assets.ts";
import { policySize, renderForOrganization } from "./planning/policies.ts";
import { BUILT_IN_POLICIES, type PolicyType } from "./policy-names.ts";

interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
}

const settings = {
  partition: "aws",
  deployRoleName: "R".repeat(64),
  regions: ["eu-west-1", "eu-central-1"],
  environments: ["production", "development"],
} as const;

const sizes = {
  "service-control": limit("organizations/service-control-policy-size").default,
  "resource-control": limit("organizations/resource-control-policy-size").default,
  tag: limit("organizations/tag-policy-size").default,
} satisfies Record<PolicyType, number>;

const folders = { scp: "service-control", rcp: "resource-control", "tag-policy": "tag" } as const;

const rendered = [...POLICY_ASSETS.values()].map((policy) => ({
  policy,
  ...renderForOrganization(policy, settings),
}));

test("every file in the folders is a policy, and every policy has a file in the folder of its type", () => {
  const files = Object.entries(folders).flatMap(([folder, type]) =>
    readdirSync(path.join(import.meta.dirname, "..", "assets", folder)).map((file) => [
      path.basename(file, ".json"),
      type,
    ]),
  );
  const policies = Object.entries(BUILT_IN_POLICIES).map(([name, { type }]) => [name, type]);

  expect(files.sort()).toEqual(policies.sort());
});

describe.each(rendered)("$policy.name", ({ policy, text, missing, unused }) => {
  test("uses the placeholders that it declares, no more and no fewer", () => {
    expect({ missing, unused }).toEqual({ missing: [], unused: [] });
  });

  test("fits into what AWS allows, with room for longer names", () => {
    expect(policySize(text)).toBeLessThan(sizes[policy.type] / 2);
    expect(policy.description.length).toBeLessThanOrEqual(
      limit("organizations/policy-description").default,
    );
  });
});

const statements = rendered
  .filter(({ policy }) => policy.type !== "tag")
  .flatMap(({ policy, text }) => {
    const document = JSON.parse(text) as { Version: string; Statement: Statement[] };
    return document.Statement.map((statement) => ({ policy, document, statement }));
  });

describe.each(statements)("$policy.name: $statement.Sid", ({ policy, document, statement }) => {
  test("is what AWS takes for a policy of its type", () => {
    expect(Object.keys(document)).toEqual(["Version", "Statement"]);
    expect(document.Version).toBe("2012-10-17");
    // All but AWS's own FullAWSAccess only ever deny.
    expect(statement.Effect).toBe("Deny");
    expect(statement.Sid).toMatch(/^[A-Za-z0-9]+$/);
    expect(statement.Resource).toBeDefined();
    expect([statement.Action, statement.NotAction].filter(Boolean)).toHaveLength(1);
  });

  test("names a principal exactly where AWS wants one", () => {
    // An SCP must not have the element; an RCP must have it, and only as "*".
    const isResourceControl = policy.type === "resource-control";
    expect(statement.Principal).toBe(isResourceControl ? "*" : undefined);
    expect(statement.NotPrincipal).toBeUndefined();
  });

  test("names actions as service:operation, sorted, each once", () => {
    const actions = [statement.Action ?? statement.NotAction].flat() as string[];
    expect(actions).toEqual([...new Set(actions)].sort());
    for (const action of actions) expect(action).toMatch(/^(?:\*|[a-z0-9-]+:[A-Za-z*]+)$/);
  });
});

test("a statement's id is used once in a policy", () => {
  const ids = statements.map(({ policy, statement }) => `${policy.name} ${statement.Sid}`);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a resource control policy names only services that AWS supports there", () => {
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html, read 2026-11-23.
  const supported = ["kms", "s3", "secretsmanager", "sqs", "sts"];
  const services = statements
    .filter(({ policy }) => policy.type === "resource-control")
    .flatMap(({ statement }) => [statement.Action].flat() as string[])
    .map((action) => action.split(":")[0]);

  expect(supported).toEqual(expect.arrayContaining(services));
});

test("a tag policy's keys are the tags that Atoll sets, and environments are those in use", () => {
  const policy = rendered.find((one) => one.policy.type === "tag");

  expect(JSON.parse(policy?.text ?? "")).toEqual({
    tags: {
      owner: { tag_key: { "@@assign": "owner" } },
      environment: {
        tag_key: { "@@assign": "environment" },
        tag_value: { "@@assign": ["development", "production"] },
      },
    },
  });
});
