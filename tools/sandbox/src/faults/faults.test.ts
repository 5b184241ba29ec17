import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { connect } from "../testing/connect.ts";
import { makeTestSandbox, type TestSandbox } from "../testing/test-sandbox.ts";
import { CallCounter } from "./call-counter.ts";
import { parseFaultPlan, type FaultPlan } from "./fault-plan.ts";
import { Faults, type Call } from "./faults.ts";

const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";
const call: Call = {
  type: VPC,
  urn: `urn:pulumi:network::acme::${VPC}::main`,
  id: "main",
  region: "eu-west-1",
};

describe("parseFaultPlan", () => {
  const problem = (plan: unknown) => {
    try {
      return parseFaultPlan(typeof plan === "string" ? plan : JSON.stringify(plan), "faults.json");
    } catch (error) {
      return (error as Error).message;
    }
  };

  it("takes a plan with everything in it", () => {
    const plan: FaultPlan = {
      seed: 7,
      latencyMilliseconds: 150,
      memoryMiB: 300,
      throttling: { rate: 0.1, retries: 2, calls: ["create"] },
      eventualConsistency: { lookups: 2, types: [VPC] },
      failures: [{ call: 3, code: "InternalError", stacks: ["network"] }],
      kills: [{ call: 5, when: "after", process: "engine" }],
      unavailableRegions: ["eu-central-1"],
    };
    expect(problem(plan)).toEqual(plan);
  });

  it.each([
    ["{", /not JSON/u],
    [[], /not an object/u],
    [{ throtling: { rate: 1 } }, /throtling is not known \(did you mean throttling\?\)/u],
    [{ throttling: { rate: 2 } }, /throttling\.rate is not a number from 0 to 1/u],
    [{ throttling: {} }, /throttling\.rate is missing/u],
    [{ failures: { call: 1 } }, /failures is not a list/u],
    [{ failures: [{ call: 0 }] }, /failures\[0\]\.call is not a whole number from 1 on/u],
    [{ kills: [{ call: 1, when: "later" }] }, /kills\[0\]\.when is not one of before, after/u],
    [{ kills: [{ call: 1, calls: ["make"] }] }, /kills\[0\]\.calls is not one of/u],
    [{ latencyMilliseconds: "150" }, /latencyMilliseconds is not/u],
    [{ memoryMiB: -1 }, /memoryMiB is not/u],
  ])("refuses %j and says where", (plan, message) => {
    expect(problem(plan)).toMatch(message);
  });
});

describe("Faults", () => {
  let sandbox: TestSandbox;
  const killed: string[] = [];
  beforeEach(() => {
    sandbox = makeTestSandbox();
    killed.length = 0;
  });
  afterEach(() => {
    sandbox.remove();
  });
  const faults = (plan: FaultPlan) =>
    new Faults({
      plan,
      counter: new CallCounter(join(sandbox.folder, "faults.sqlite")),
      kill: (victim) => killed.push(victim),
    });
  const outcomes = async (plan: FaultPlan, times: number) => {
    const found: string[] = [];
    for (let time = 0; time < times; time += 1) {
      // As a process that starts anew each time: what is counted is on disk.
      await faults(plan)
        .before("create", call)
        .then(
          () => found.push("ok"),
          (error: unknown) =>
            found.push(/api error (\w+)/u.exec(String(error))?.[1] ?? String(error)),
        );
    }
    return found;
  };

  it("fails the Nth call and no other, over all processes", async () => {
    expect(await outcomes({ failures: [{ call: 3 }] }, 4)).toEqual([
      "ok",
      "ok",
      "InternalError",
      "ok",
    ]);
  });

  it("counts only the calls that a filter takes", async () => {
    const plan: FaultPlan = { failures: [{ call: 1, calls: ["delete"], types: [SUBNET] }] };
    expect(await outcomes(plan, 2)).toEqual(["ok", "ok"]);
  });

  it("throttles the same calls in every run, and about as many as it says", async () => {
    const plan: FaultPlan = { throttling: { rate: 0.3 } };
    const first = await outcomes(plan, 100);
    sandbox.remove();
    sandbox = makeTestSandbox();
    expect(await outcomes(plan, 100)).toEqual(first);
    const throttled = first.filter((outcome) => outcome === "RequestLimitExceeded").length;
    expect(throttled).toBeGreaterThan(15);
    expect(throttled).toBeLessThan(45);
  });

  it("takes throttling on itself when the provider tries again", async () => {
    expect(new Set(await outcomes({ throttling: { rate: 0.3, retries: 10 } }, 20))).toEqual(
      new Set(["ok"]),
    );
  });

  it("answers 503 in a region that is away, and in no other", async () => {
    const away = faults({ unavailableRegions: ["eu-west-1"] });
    await expect(away.before("read", call)).rejects.toThrow(/StatusCode: 503.*ServiceUnavailable/u);
    await away.before("read", { ...call, region: "eu-central-1" });
  });

  it("kills at the Nth call, before or after it", async () => {
    const plan: FaultPlan = {
      kills: [
        { call: 2, when: "after" },
        { call: 1, process: "engine" },
      ],
    };
    const some = faults(plan);
    await some.before("create", call);
    expect(killed).toEqual(["engine"]);
    some.after("create", call);
    expect(killed).toEqual(["engine"]);
    some.after("create", call);
    expect(killed).toEqual(["engine", "provider"]);
  });

  it("makes each call take its time", async () => {
    const start = performance.now();
    await faults({ latencyMilliseconds: 60 }).before("read", call);
    expect(performance.now() - start).toBeGreaterThan(50);
  });
});

describe("eventual consistency", () => {
  let sandbox: TestSandbox;
  beforeEach(() => {
    sandbox = makeTestSandbox();
  });
  afterEach(() => {
    sandbox.remove();
  });
  const connected = (plan: FaultPlan) => {
    const file = join(sandbox.folder, "plan.json");
    writeFileSync(file, JSON.stringify(plan));
    return connect(sandbox.folder, "network", { faults: file });
  };

  it("is waited for by the provider, for a while", async () => {
    const client = await connected({ eventualConsistency: { lookups: 3, retries: 5 } });
    const vpc = await client.create(VPC, "main", { cidrBlock: "10.0.0.0/16" });
    const subnet = { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" };
    await expect(client.create(SUBNET, "a", subnet)).resolves.toMatchObject({
      id: expect.any(String),
    });
  });

  it("shows where it lasts longer than the provider waits, and then is over", async () => {
    const client = await connected({
      eventualConsistency: { lookups: 2, retries: 0, types: [VPC] },
    });
    const vpc = await client.create(VPC, "main", { cidrBlock: "10.0.0.0/16" });
    const subnet = { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" };
    await expect(client.create(SUBNET, "a", subnet)).rejects.toThrow(/InvalidVpcID\.NotFound/u);
    expect(await client.read(vpc)).toBeNull();
    await client.create(SUBNET, "a", subnet);
    expect(await client.read(vpc)).not.toBeNull();
  });
});

test("a file of faults that is not there is said", async () => {
  const sandbox = makeTestSandbox();
  await expect(
    connect(sandbox.folder, "network", { faults: "/nowhere.json" }),
  ).rejects.toMatchObject({
    code: "SANDBOX_FAULTS_INVALID",
  });
  sandbox.remove();
});
