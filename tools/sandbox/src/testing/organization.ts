import { defineOrganization, type Organization } from "@atoll/organization";

/** The organization that the sandbox's tests run in: a management account, one to build in, a suspended one, a requested one. */
export function testOrganization(name = "acme"): Organization {
  const { organization, problems } = defineOrganization({
    name,
    homeRegion: "eu-west-1",
    regions: ["eu-west-1", "eu-central-1"],
    organizationalUnits: { Infrastructure: {} },
    pools: { shared: { cidr: "10.0.0.0/12" } },
    defaults: { owner: "platform", environment: "shared", zones: 3 },
    accounts: [
      {
        name: "management",
        id: "111111111111",
        email: "aws+management@example.com",
        kind: "management",
        ou: "Root",
      },
      {
        name: "network",
        id: "333333333333",
        email: "aws+network@example.com",
        kind: "network",
        ou: "Infrastructure",
        regions: ["eu-west-1", "eu-central-1"],
      },
      {
        name: "former",
        id: "444444444444",
        email: "aws+former@example.com",
        kind: "delivery",
        ou: "Infrastructure",
        lifecycle: "suspended",
      },
      {
        name: "wanted",
        email: "aws+wanted@example.com",
        kind: "workload",
        ou: "Infrastructure",
        lifecycle: "requested",
      },
    ],
  });
  if (organization === null) {
    throw new Error(problems.map(({ message }) => message).join("\n"));
  }
  return organization;
}
