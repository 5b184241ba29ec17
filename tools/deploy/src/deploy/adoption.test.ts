import { planAdoption, type PreviewedResource } from "./adoption.ts";

const resource = (name: string, more: Partial<PreviewedResource> = {}): PreviewedResource => ({
  urn: `urn:${name}`,
  type: "aws:organizations/account:Account",
  name,
  parent: null,
  dependencies: [],
  provider: "urn:provider::id",
  options: {},
  ...more,
});
const provider = resource("provider", { provider: null });

test("the first pass works on what is imported and on all that it rests on, and on nothing else", () => {
  const resources = [
    provider,
    resource("stack", { provider: null }),
    resource("component", { provider: null, parent: "urn:stack" }),
    resource("unit", { parent: "urn:component", dependencies: ["urn:organization"] }),
    resource("organization", { parent: "urn:component", options: { import: "o-1" } }),
    resource("account", {
      parent: "urn:component",
      dependencies: ["urn:unit"],
      options: { import: "1" },
    }),
    resource("policy", { parent: "urn:component", dependencies: ["urn:organization"] }),
  ];
  expect(planAdoption(resources, new Set())).toEqual({
    resources: [
      "aws:organizations/account:Account::account",
      "aws:organizations/account:Account::organization",
    ],
    targets: [
      "urn:account",
      "urn:component",
      "urn:organization",
      "urn:provider",
      "urn:stack",
      "urn:unit",
    ],
  });
});

test("what the state has already is not taken over again", () => {
  const account = resource("account", { options: { import: "1" } });
  expect(planAdoption([provider, account], new Set(["urn:account"]))).toBeNull();
});
