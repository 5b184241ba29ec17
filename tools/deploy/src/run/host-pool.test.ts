import { defineOrganization } from "@atoll/organization";

import { HostPool } from "./host-pool.ts";

function poolOf(most: number): HostPool {
  const { organization, problems } = defineOrganization({
    name: "acme",
    homeRegion: "eu-west-1",
    defaults: { owner: "platform", environment: "test" },
    accounts: [
      {
        name: "management",
        id: "111111111111",
        email: "management@example.com",
        kind: "management",
        ou: "Root",
      },
    ],
  });
  if (organization === null) throw new TypeError(JSON.stringify(problems));
  return new HostPool(most, {
    root: process.cwd(),
    organization,
    env: process.env,
    silenceSeconds: 60,
    memoryMiB: 64,
  });
}

test("stacks that start at the same moment are spread over the processes, before any of those is ready", async () => {
  const pool = poolOf(2);
  try {
    pool.warm(1);
    const [first, second, third] = [pool.take(), pool.take(), pool.take()];
    expect(second).not.toBe(first);
    expect([first, second]).toContain(third);
    expect(pool.pids).toHaveLength(2);
    second.release("b");
    if (third === second) second.release("c");
    else first.release("c");
    first.release("a");
    expect([first.stacks, second.stacks]).toEqual([0, 0]);
    // What is idle is used again.
    pool.take();
    expect(pool.pids).toHaveLength(2);
    pool.close();
    await Promise.all([first.gone, second.gone]);
    expect(pool.pids).toEqual([]);
  } finally {
    pool.close();
  }
});
