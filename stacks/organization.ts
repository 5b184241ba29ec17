import { defineOrganization } from "@atoll/organization";

import type {} from "./contracts/index.ts";

/**
 * This organization: the one file its owners edit. Ids, e-mail addresses and blocks are plain literals, so that a review
 * shows what changes and the compiler knows every name.
 */
export default defineOrganization({
  // Also the name of the Pulumi project in Pulumi.yaml.
  name: "atoll",
  // The organization that these accounts are in. Leave it out, and the ids of member accounts, to have AWS create them.
  organizationId: "o-atoll00000",
  homeRegion: "eu-west-1",

  organizationalUnits: {
    Security: {},
    Infrastructure: {},
    Workloads: { Production: {}, Development: {} },
  },

  // Each pool has room for sixteen VPCs of /16. They do not overlap, so that any two VPCs can be connected one day.
  pools: {
    shared: { cidr: "10.0.0.0/12" },
    development: { cidr: "10.16.0.0/12" },
    production: { cidr: "10.32.0.0/12" },
  },

  defaults: { owner: "platform", environment: "shared", zones: 3, monthlyBudgetUsd: 500 },

  accounts: [
    {
      name: "management",
      id: "111111111111",
      email: "aws+management@example.com",
      kind: "management",
      ou: "Root",
      monthlyBudgetUsd: 100,
    },
    {
      name: "security",
      id: "222222222222",
      email: "aws+security@example.com",
      kind: "security",
      ou: "Security",
      owner: "security",
    },
    {
      name: "network",
      id: "333333333333",
      email: "aws+network@example.com",
      kind: "network",
      ou: "Infrastructure",
      addresses: { pool: "shared", prefixLength: 16 },
    },
    {
      name: "delivery",
      id: "444444444444",
      email: "aws+delivery@example.com",
      kind: "delivery",
      ou: "Infrastructure",
    },
    {
      name: "workloads-dev",
      id: "555555555555",
      email: "aws+workloads-dev@example.com",
      kind: "workload",
      ou: "Workloads/Development",
      owner: "product",
      environment: "development",
      addresses: { pool: "development", prefixLength: 16 },
      monthlyBudgetUsd: 2_000,
    },
    {
      name: "workloads-prod",
      id: "666666666666",
      email: "aws+workloads-prod@example.com",
      kind: "workload",
      ou: "Workloads/Production",
      owner: "product",
      environment: "production",
      addresses: { pool: "production", prefixLength: 16 },
      monthlyBudgetUsd: 10_000,
    },
  ],

  guardrails: {
    serviceControlPolicies: {
      "deny-leave-organization": ["Root"],
      "deny-root-user": ["Root"],
      "protect-atoll": ["Root"],
      "protect-audit-trail": ["Root"],
      "deny-unused-regions": ["Security", "Infrastructure", "Workloads"],
    },
    resourceControlPolicies: {
      "enforce-organization-access": ["Security", "Infrastructure", "Workloads"],
    },
    tagPolicies: { "owner-and-environment": ["Root"] },
    delegatedAdministrators: { "access-analyzer.amazonaws.com": "security" },
  },
});
