import {
  LIFECYCLE,
  LIFECYCLE_STATES,
  isQuarantined,
  isVended,
  lifecycleDecision,
  type LifecycleCommand,
} from "./lifecycle.ts";

const commands: readonly LifecycleCommand[] = [
  "preview",
  "up",
  "destroy",
  "refresh",
  "drift",
  "addresses",
];

test("the table is what the documentation says", () => {
  const table = Object.fromEntries(
    LIFECYCLE_STATES.map((state) => [
      state,
      commands.map((command) => lifecycleDecision(state, command).action).join(" "),
    ]),
  );

  expect(table).toEqual({
    requested: "skip skip skip skip skip run",
    vended: "run run run run run run",
    quarantined: "run run run run run run",
    baselined: "run run run run run run",
    active: "run run run run run run",
    draining: "run refuse run run run run",
    suspended: "skip skip skip skip skip skip",
    closed: "skip skip skip skip skip skip",
  });
});

test("every cell has a reason", () => {
  expect(Object.keys(LIFECYCLE).sort()).toEqual([...LIFECYCLE_STATES].sort());
  for (const state of LIFECYCLE_STATES) {
    for (const command of commands) expect(LIFECYCLE[state][command].reason).not.toBe("");
  }
});

test("an account has an id from vended on, and is quarantined until it is baselined", () => {
  expect(LIFECYCLE_STATES.filter((state) => !isVended(state))).toEqual(["requested"]);
  expect(LIFECYCLE_STATES.filter(isQuarantined)).toEqual(["requested", "vended", "quarantined"]);
});
