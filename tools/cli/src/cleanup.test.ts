import { Cleanup } from "./cleanup.ts";

test("the last step runs first, each once, and one that fails stops none of the others", () => {
  const done: string[] = [];
  const cleanup = new Cleanup();
  cleanup.add(() => done.push("first"));
  const now = cleanup.add(() => done.push("early"));
  cleanup.add(() => {
    throw new Error("cannot");
  });
  cleanup.add(() => done.push("last"));
  now();
  cleanup.run();
  cleanup.run();
  expect(done).toEqual(["early", "last", "first"]);
});
