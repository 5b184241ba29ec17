import { isThrottled, problemsOfEngine } from "./engine-problems.ts";

const end = { code: 255, signal: null, error: null } as const;
const URN = "urn:pulumi:network::acme::atoll:networking:Vpc$aws:ec2/subnet:Subnet::a";
const of = (message: string, log = "") =>
  problemsOfEngine({
    stack: "network",
    errors: message === "" ? [] : [{ urn: URN, message }],
    log,
    end,
  });

test.each([
  [
    "creating EC2 Subnet: operation error EC2: CreateSubnet, api error InvalidSubnet.Conflict: x",
    "AWS_REFUSED",
  ],
  ["operation error STS: AssumeRole, api error AccessDenied: no", "ROLE_NOT_ASSUMABLE"],
  ["api error ThrottlingException: Rate exceeded", "THROTTLED"],
  ["api error RequestLimitExceeded: Request limit exceeded.", "THROTTLED"],
  ["write /x: no space left on device", "DISK_FULL"],
  ["incorrect passphrase", "PASSPHRASE_WRONG"],
  ["the stack is currently locked by 1 lock(s)", "STACK_LOCKED"],
  ["api error AlreadyInOrganizationException: x", "ORGANIZATION_EXISTS"],
  ["something else", "ENGINE_FAILED"],
])("%s is %s", (message, code) => {
  expect(of(message).map((problem) => problem.code)).toEqual([code]);
});

test("a refusal names the resource and AWS's own code", () => {
  const [problem] = of("api error InvalidSubnet.Conflict: The CIDR conflicts");
  expect(problem).toMatchObject({
    path: "network/a (aws:ec2/subnet:Subnet)",
    got: "InvalidSubnet.Conflict",
  });
});

test("what only the log says is found there", () => {
  const log =
    "Updating (network):\n\nerror: the stack is currently locked by 1 lock(s). Either wait\n  file:///x\n";
  expect(of("", log)).toMatchObject([{ code: "STACK_LOCKED", path: "network" }]);
});

test("that something failed is not said when what failed is", () => {
  const errors = [
    { urn: URN, message: "api error Boom: x" },
    {
      urn: "urn:pulumi:network::acme::pulumi:pulumi:Stack::acme-network",
      message: "update failed",
    },
  ];
  expect(problemsOfEngine({ stack: "network", errors, log: "", end })).toHaveLength(1);
});

test("a pulumi that ends without a word is told of all the same", () => {
  const killed = { code: null, signal: "SIGKILL", error: null } as const;
  const [problem] = problemsOfEngine({ stack: "network", errors: [], log: "", end: killed });
  expect(problem?.message).toContain("SIGKILL");
});

test("only throttling alone is worth another try", () => {
  expect(isThrottled(of("api error ThrottlingException: x"))).toBe(true);
  expect(isThrottled([...of("api error ThrottlingException: x"), ...of("other")])).toBe(false);
  expect(isThrottled([])).toBe(false);
});
