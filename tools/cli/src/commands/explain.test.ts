import { workbench, type Workbench } from "../testing/run-atoll.ts";

// Each starts a whole process; on a busy machine that takes its time.
jest.setTimeout(60_000);

let bench: Workbench;

beforeEach(() => {
  bench = workbench();
});

afterEach(() => {
  bench.remove();
});

test("--json is data with the source of each fact, and nothing else", async () => {
  const run = await bench.run(["explain", "--json", "ec2.Subnet.cidrBlock"]);
  expect(run).toMatchObject({ exitCode: 0, err: "" });
  expect(JSON.parse(run.out)).toMatchObject({
    version: 1,
    query: "ec2.Subnet.cidrBlock",
    subject: "aws:ec2/subnet:Subnet.cidrBlock",
    kind: "input",
    problem: null,
    facts: expect.arrayContaining([
      {
        what: "A change replaces the resource.",
        provenance: expect.objectContaining({ kind: "provider" }) as unknown,
      },
    ]) as unknown,
  });
});

test("for people: a problem code as the documentation has it", async () => {
  const run = await bench.run(["explain", "PROVIDER_ACCOUNT"]);
  expect(run).toMatchObject({ exitCode: 0, err: "" });
  expect(run.out).toMatch(/^PROVIDER_ACCOUNT {2}error\n[^]*Usual fix: [^]*docs\/problems\.md, /u);
});

test("what is unknown is wrong usage: 2, the nearest name, and nothing on standard output", async () => {
  const run = await bench.run(["explain", "--json", "ec2.Subnet.cidrBlok"]);
  expect(run).toMatchObject({ exitCode: 2, out: "" });
  expect(run.err).toContain("Did you mean aws:ec2/subnet:Subnet.cidrBlock?");
});
