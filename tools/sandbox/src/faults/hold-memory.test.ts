import { holdMemory } from "./hold-memory.ts";

const MIB = 1024 * 1024;

test("the process grows to what is asked for, and not again when it is that large", () => {
  const before = process.memoryUsage.rss();
  holdMemory(before / MIB + 64);
  const grown = process.memoryUsage.rss();
  expect(grown).toBeGreaterThan(before + 56 * MIB);
  holdMemory(before / MIB);
  expect(process.memoryUsage.rss()).toBeLessThan(grown + 32 * MIB);
});
