import fc from "fast-check";

import { POLICY_ASSETS } from "../assets.ts";
import { account, organizationOf, sampleInput } from "../testing/sample.ts";
import { planOrganizationResources } from "./organization-resources.ts";

const guardrails = {
  serviceControlPolicies: { "deny-root-user": ["Root", "Workloads"], "protect-atoll": ["a-2"] },
  tagPolicies: { "owner-and-environment": ["Root"] },
  delegatedAdministrators: { "guardduty.amazonaws.com": "a-2", "config.amazonaws.com": "a-3" },
};
const management = account("management", 1, { kind: "management" });
const members = [
  account("a-2", 2, { ou: "Workloads" }),
  account("a-3", 3, { ou: "Workloads/Production", lifecycle: "quarantined" }),
  account("a-4", 4, { ou: "Infrastructure", lifecycle: "requested", id: undefined }),
];

const planOf = (accounts: readonly unknown[], more: object = {}) =>
  planOrganizationResources(
    organizationOf(sampleInput({ accounts: [management, ...accounts], guardrails, ...more })),
    POLICY_ASSETS,
  );

test("the order of the file makes no difference", () => {
  const expected = planOf(members);
  fc.assert(
    fc.property(fc.shuffledSubarray(members, { minLength: members.length }), (shuffled) => {
      expect(planOf(shuffled)).toEqual(expected);
    }),
  );
});

test("another account adds its own resources and changes no other", () => {
  const before = planOf(members);
  const after = planOf([...members, account("b", 9, { lifecycle: "vended" })]);

  expect(after.accounts.filter(({ name }) => name !== "b")).toEqual(before.accounts);
  expect(after.attachments.filter(({ key }) => key !== "quarantine/b")).toEqual(before.attachments);
  expect(after.attachments).toHaveLength(before.attachments.length + 1);
  expect({ ...after, accounts: [], attachments: [] }).toEqual({
    ...before,
    accounts: [],
    attachments: [],
  });
});

test("units come after their parents, whatever the order of the file", () => {
  const { units } = planOf(members, {
    organizationalUnits: { Workloads: { Production: {}, Development: {} }, Infrastructure: {} },
  });

  expect(units.map(({ path }) => path)).toEqual([
    "Infrastructure",
    "Workloads",
    "Workloads/Development",
    "Workloads/Production",
  ]);
});

test("a closed account takes everything that hangs on it along", () => {
  const [first, ...others] = members;
  const plan = planOf([{ ...first, lifecycle: "closed" }, ...others]);

  expect(plan.accounts.map(({ name }) => name)).toEqual(["a-3", "a-4"]);
  expect(plan.attachments.map(({ key }) => key)).not.toContain("protect-atoll/a-2");
  expect(plan.policies.map(({ name }) => name)).not.toContain("protect-atoll");
  expect(plan.delegatedAdministrators.map(({ account: name }) => name)).toEqual(["a-3"]);
  expect(plan.servicePrincipals).toEqual(["config.amazonaws.com"]);
});

test("an own policy is rendered like the built-in ones", () => {
  const { policies } = planOf(members, {
    guardrails: {
      ownPolicies: { mine: { type: "service-control", document: { Regions: "{{regions}}" } } },
      serviceControlPolicies: { mine: ["Root"] },
    },
  });

  expect(policies.find(({ name }) => name === "mine")).toMatchObject({
    type: "SERVICE_CONTROL_POLICY",
    content: '{"Regions":["eu-central-1","eu-west-1"]}',
  });
});
