import fc from "fast-check";

import type { LifecycleCommand } from "../lifecycle.ts";
import { account, organizationOf, sampleInput } from "../testing/sample.ts";
import { planStacks } from "./plan-stacks.ts";
import type { ProgramManifest } from "./stack-plan.ts";

const kind = (name: string, ...needs: string[]): ProgramManifest => ({
  kind: name,
  unit: null,
  needs,
});
const unit = (name: string, ...needs: string[]): ProgramManifest => ({
  kind: "",
  unit: name,
  needs,
});

const programs = [kind("management"), kind("network", "management"), kind("workload", "network")];

function planOf(
  accounts: readonly unknown[],
  manifests = programs,
  command: LifecycleCommand = "preview",
) {
  const all = [account("management", 1, { kind: "management" }), ...accounts];
  return planStacks(organizationOf(sampleInput({ accounts: all })), manifests, command);
}

/** `stack: status, kind=stack…`. */
function summary(
  accounts: readonly unknown[],
  manifests = programs,
  command: LifecycleCommand = "preview",
) {
  return planOf(accounts, manifests, command).stacks.map(({ stack, status, needs }) =>
    [`${stack}: ${status}`, ...Object.entries(needs).map((need) => need.join("="))].join(", "),
  );
}

function codes(accounts: readonly unknown[], manifests = programs): readonly string[] {
  return planOf(accounts, manifests).problems.map(({ code, path }) => `${code} ${path}`);
}

const network = (number: number, more = {}) =>
  account(`network-${number}`, number, { kind: "network", ...more });
const workload = (number: number, more = {}) => account(`orders-${number}`, number, more);

describe("stacks", () => {
  test("an account is a stack, and so is each unit in it, in the order written", () => {
    const accounts = [workload(3, { units: [{ name: "shop" }, { name: "cart" }] }), network(2)];
    const { stacks, waves, problems } = planOf(accounts, [
      ...programs,
      unit("shop", "workload", "network"),
      unit("cart"),
    ]);

    expect(problems).toEqual([]);
    expect(
      stacks.map(({ stack, unit: name, kind: of, needs }) => [stack, name, of, needs]),
    ).toEqual([
      ["management", null, "management", {}],
      ["orders-3", null, "workload", { network: "network-2" }],
      ["orders-3.shop", "shop", "workload", { network: "network-2", workload: "orders-3" }],
      ["orders-3.cart", "cart", "workload", {}],
      ["network-2", null, "network", { management: "management" }],
    ]);
    expect(waves).toEqual([
      ["management", "orders-3.cart"],
      ["network-2"],
      ["orders-3"],
      ["orders-3.shop"],
    ]);
  });

  test("a need named twice is one need", () => {
    expect(
      summary([network(2)], [kind("management"), kind("network", "management", "management")]),
    ).toEqual(["management: run", "network-2: run, management=management"]);
  });

  test("the lifecycle says what the command does", () => {
    const accounts = [
      network(2),
      workload(3, { lifecycle: "closed" }),
      workload(4, { lifecycle: "draining" }),
      workload(5, { lifecycle: "requested", id: undefined }),
    ];

    expect(summary(accounts, programs, "up")).toEqual([
      "management: run",
      "network-2: run, management=management",
      "orders-3: skip",
      "orders-4: refuse, network=network-2",
      "orders-5: skip",
    ]);
    expect(planOf(accounts, programs, "up").waves.flat()).not.toContain("orders-3");
  });
});

describe("who serves whom", () => {
  test("an account without `serves` serves every other account", () => {
    expect(summary([network(2), workload(3)])).toContain("orders-3: run, network=network-2");
  });

  test("a unit of the tree means all accounts under it, a name means one account", () => {
    const accounts = [
      network(2, { serves: ["Workloads"] }),
      network(3, { serves: ["orders-6"] }),
      workload(4, { ou: "Workloads/Production" }),
      workload(5, { ou: "Workloads" }),
      workload(6, { ou: "Infrastructure" }),
    ];

    expect(summary(accounts).slice(3)).toEqual([
      "orders-4: run, network=network-2",
      "orders-5: run, network=network-2",
      "orders-6: run, network=network-3",
    ]);
  });

  test("a unit of the tree is not its namesake's beginning", () => {
    const input = sampleInput({
      organizationalUnits: { Work: {}, Workloads: {} },
      accounts: [
        account("management", 1, { kind: "management" }),
        network(2, { serves: ["Work"], ou: "Work" }),
        workload(3, { ou: "Workloads" }),
      ],
    });

    expect(planStacks(organizationOf(input), programs, "preview").problems).toMatchObject([
      { code: "NEED_UNSERVED", path: "accounts[2].kind" },
    ]);
  });

  test("Root means everyone", () => {
    expect(summary([network(2, { serves: ["Root"] }), workload(3)])[2]).toBe(
      "orders-3: run, network=network-2",
    );
  });

  test("an account that is served twice over by the same one is served once", () => {
    const accounts = [
      network(2, { serves: ["orders-3", "Workloads"] }),
      workload(3, { ou: "Workloads" }),
    ];

    expect(codes(accounts)).toEqual([]);
  });

  test("an account does not serve itself", () => {
    expect(codes([network(2)], [kind("management"), kind("network", "network")])).toEqual([
      "NEED_UNSERVED accounts[1].kind",
    ]);
  });

  test("a closed account serves nobody, so its successor can take over before it leaves the file", () => {
    const accounts = [network(2, { lifecycle: "closed" }), network(3), workload(4)];

    expect(summary(accounts)[3]).toBe("orders-4: run, network=network-3");
  });
});

describe("problems", () => {
  test("none serves: names who could, and what to write", () => {
    const { problems } = planOf([network(2, { serves: ["Infrastructure"] }), workload(3)]);

    expect(problems).toMatchObject([
      { code: "NEED_UNSERVED", path: "accounts[2].kind", got: ["network-2"] },
    ]);
    expect(problems[0]?.fix).toContain("network-2");
  });

  test("two serve: names them, and no more than five of many", () => {
    expect(planOf([network(2), network(3), workload(4)]).problems).toMatchObject([
      { code: "NEED_AMBIGUOUS", path: "accounts[3].kind", got: ["network-2", "network-3"] },
    ]);

    const many = Array.from({ length: 20 }, (_, index) => network(index + 2));
    expect(planOf([...many, workload(50)]).problems[0]?.got).toHaveLength(5);
  });

  test.each(["suspended", "closed"])("the one that serves is %s", (lifecycle) => {
    expect(planOf([network(2, { lifecycle }), workload(3)]).problems).toMatchObject([
      { code: "NEED_UNAVAILABLE", path: "accounts[2].kind", got: "network-2" },
    ]);
  });

  test("a kind or a unit without a program, but not in an account that is skipped", () => {
    const units = { units: [{ name: "shop" }] };

    expect(codes([account("a", 2, { kind: "lab", ...units })])).toEqual([
      "KIND_WITHOUT_PROGRAM accounts[1].kind",
      "UNIT_WITHOUT_PROGRAM accounts[1].units[0].name",
    ]);
    expect(codes([account("a", 2, { kind: "lab", lifecycle: "closed", ...units })])).toEqual([]);
  });

  test("a cycle, edge by edge", () => {
    const circle = [kind("management"), kind("network", "workload"), kind("workload", "network")];
    const { problems } = planOf([network(2), workload(3)], circle);

    expect(problems).toMatchObject([
      {
        code: "GRAPH_CYCLE",
        path: "accounts[1].kind",
        got: ["network-2", "orders-3", "network-2"],
      },
    ]);
  });
});

test("who serves whom does not depend on the order of the file", () => {
  const accounts = [
    network(2, { serves: ["Workloads/Production"], ou: "Workloads" }),
    network(3, { serves: ["Workloads/Development", "orders-5"] }),
    workload(4, { ou: "Workloads/Production" }),
    workload(5),
    workload(6, { ou: "Workloads/Development" }),
  ];
  const expected = [...summary(accounts)].sort();
  fc.assert(
    fc.property(fc.shuffledSubarray(accounts, { minLength: accounts.length }), (shuffled) => {
      expect([...summary(shuffled)].sort()).toEqual(expected);
    }),
  );
});

test("a thousand accounts, each badly ambiguous, cost no million of pairs", () => {
  const accounts = Array.from({ length: 1000 }, (_, index) =>
    account(`lab-${index}`, index + 2, { kind: "lab" }),
  );
  const manifests = [kind("management"), kind("lab", "lab")];
  const organization = organizationOf(
    sampleInput({ accounts: [account("management", 1, { kind: "management" }), ...accounts] }),
  );
  const before = performance.now();
  const { problems } = planStacks(organization, manifests, "preview");

  expect(problems).toHaveLength(1000);
  // Measured: 20 ms. A million pairs took seconds.
  expect(performance.now() - before).toBeLessThan(1000);
});
