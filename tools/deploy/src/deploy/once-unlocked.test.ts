import { AtollError } from "@atoll/core";

import { onceUnlocked } from "./once-unlocked.ts";

const { signal } = new AbortController();
const locked = () => new AtollError("STACK_LOCKED", "held");

test("a lock that is let go of in time is waited for", async () => {
  let tries = 0;
  const action = () => {
    tries += 1;
    return tries < 2 ? Promise.reject(locked()) : Promise.resolve("done");
  };
  expect(await onceUnlocked(action, 5, signal)).toBe("done");
});

test("one that is held on to is told of, at once where nobody is expected to let go", async () => {
  let tries = 0;
  const action = () => {
    tries += 1;
    return Promise.reject(locked());
  };
  await expect(onceUnlocked(action, 0, signal)).rejects.toMatchObject({ code: "STACK_LOCKED" });
  expect(tries).toBe(1);
});

test("anything else is not tried again", async () => {
  const failing = () => Promise.reject(new AtollError("STATE_DAMAGED", "cut"));
  await expect(onceUnlocked(failing, 60, signal)).rejects.toMatchObject({ code: "STATE_DAMAGED" });
});
