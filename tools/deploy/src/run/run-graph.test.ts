import fc from "fast-check";

import { RunGraph, type GraphTask } from "./run-graph.ts";

/** Tasks that only wait for earlier ones, in any order of listing. */
const tasks = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
  .map((rows) =>
    rows.map((picks, index): GraphTask => ({
      name: `t${String(index)}`,
      after: index === 0 ? [] : picks.map((pick) => `t${String(pick % index)}`),
    })),
  );

test("nothing starts before all that it comes after is done, and everything ends once", () => {
  fc.assert(
    fc.property(tasks, fc.array(fc.boolean()), fc.array(fc.nat()), (all, fates, picks) => {
      const graph = new RunGraph(all);
      const done = new Set<string>();
      const failed = new Set<string>();
      const blocked: string[] = [];
      const running: string[] = [];
      let turn = 0;
      for (;;) {
        for (let name = graph.next(); name !== undefined; name = graph.next()) {
          const task = all.find((each) => each.name === name);
          expect(task?.after.every((other) => done.has(other))).toBe(true);
          graph.start(name);
          running.push(name);
        }
        if (running.length === 0) break;
        const [name = ""] = running.splice((picks[turn] ?? 0) % running.length, 1);
        const well = fates[turn] ?? true;
        turn += 1;
        (well ? done : failed).add(name);
        blocked.push(...graph.end(name, well));
      }
      expect(graph.waiting).toEqual([]);
      expect(new Set(blocked).size).toBe(blocked.length);
      expect([...done, ...failed, ...blocked].sort()).toEqual(all.map(({ name }) => name).sort());
      for (const name of blocked) expect(graph.blockedBy(name).length).toBeGreaterThan(0);
    }),
  );
});

test("a task that failed blocks only what comes after it", () => {
  const graph = new RunGraph([
    { name: "a", after: [] },
    { name: "b", after: ["a"] },
    { name: "c", after: ["b"] },
    { name: "d", after: [] },
  ]);
  graph.start("a");
  expect(graph.end("a", false)).toEqual(["b", "c"]);
  expect(graph.blockedBy("c")).toEqual(["b"]);
  expect(graph.next()).toBe("d");
});

test("what is not part of the run is not waited for", () => {
  expect(new RunGraph([{ name: "a", after: ["elsewhere"] }]).next()).toBe("a");
});

test("tasks that wait for one another are refused", () => {
  const cycle = [
    { name: "a", after: ["b"] },
    { name: "b", after: ["a"] },
    { name: "c", after: [] },
  ];
  expect(() => new RunGraph(cycle)).toThrow(expect.objectContaining({ code: "RUN_CYCLE" }));
});
