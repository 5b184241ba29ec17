import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";

import { EventLog } from "./event-log.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atoll-events-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("every event is read once, wherever the writer pauses", () => {
  let count = 0;
  fc.assert(
    fc.property(
      fc.array(fc.record({ sequence: fc.nat(), message: fc.string({ unit: "grapheme" }) })),
      fc.array(fc.nat(), { maxLength: 6 }),
      (events, cuts) => {
        count += 1;
        const file = join(folder, String(count));
        const bytes = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
        const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
          (a, b) => a - b,
        );
        const log = new EventLog(file);
        const read: unknown[] = [...log.read()];
        let from = 0;
        for (const end of ends) {
          appendFileSync(file, bytes.subarray(from, end));
          from = end;
          read.push(...log.read());
        }
        log.close();
        expect(read).toEqual(events);
      },
    ),
  );
});

test("half a line that an engine left behind does not hide what comes after it", () => {
  const file = join(folder, "log");
  appendFileSync(file, '{"sequence":1}\n{"seque\n{"sequence":2}\n');
  expect(new EventLog(file).read()).toEqual([{ sequence: 1 }, { sequence: 2 }]);
});
