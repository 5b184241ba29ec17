import type { StackPlan } from "@atoll/organization";

import { refuseTooMany } from "./blast-radius.ts";
import { phasesOf, waitForHealth } from "./canary.ts";

const plan = (stack: string, account: string) =>
  ({ stack, account: { name: account } }) as StackPlan;
const task = (stack: string, after: readonly string[] = []) => ({ stack, after, orphaned: false });
const TASKS = [
  task("management"),
  task("network", ["management"]),
  task("dev", ["network"]),
  task("dev.shop", ["dev"]),
  task("prod", ["network"]),
];
const PLANS = [
  plan("management", "management"),
  plan("network", "network"),
  plan("dev", "dev"),
  plan("dev.shop", "dev"),
  plan("prod", "prod"),
];
const well = { env: process.env, signal: new AbortController().signal };

test("the canary comes with its units and all that they need; the rest waits", () => {
  const { first, rest } = phasesOf(TASKS, PLANS, "dev");
  expect(first.map(({ stack }) => stack)).toEqual(["management", "network", "dev", "dev.shop"]);
  expect(rest.map(({ stack }) => stack)).toEqual(["prod"]);
});

test("a canary that no stack of the run is in is refused", () => {
  expect(() => phasesOf(TASKS, PLANS, "stage")).toThrow(
    expect.objectContaining({ code: "CANARY_UNKNOWN" }),
  );
});

test("only an exit code of 0 lets the others go on, and the command knows which account it is about", async () => {
  const canary = { account: "dev", bakeMilliseconds: 0 };
  expect(await waitForHealth({ ...canary, health: '[ "$ATOLL_CANARY" = dev ]' }, well)).toBeNull();
  expect(await waitForHealth({ ...canary, health: "exit 3" }, well)).toMatchObject({
    code: "CANARY_UNHEALTHY",
    path: "dev",
  });
  expect(await waitForHealth({ ...canary, health: null }, well)).toBeNull();
});

test("a run that is stopped while its canary bakes does not go on", async () => {
  const stop = new AbortController();
  const waiting = waitForHealth(
    { account: "dev", bakeMilliseconds: 60_000, health: null },
    { env: {}, signal: stop.signal },
  );
  stop.abort();
  expect(await waiting).toMatchObject({ code: "CANARY_UNHEALTHY" });
});

test("more accounts than allowed are refused, and named", () => {
  expect(refuseTooMany(2, ["a", "b"])).toBeNull();
  expect(refuseTooMany(null, ["a", "b", "c"])).toBeNull();
  expect(refuseTooMany(2, ["a", "b", "c"])).toMatchObject({
    code: "BLAST_RADIUS",
    got: ["a", "b", "c"],
  });
});
