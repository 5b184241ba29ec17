import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { isEnginesOwn } from "./engines-own.ts";

test.each([
  ["14 UNAVAILABLE: read ECONNRESET", true],
  ["2 UNKNOWN: resource registration failed", true],
  ["Resource monitor is terminating", true],
  ["network has 3 zones", false],
  ["The monitor is terminating", false],
])("%s: %s", (message, expected) => {
  expect(isEnginesOwn(new TypeError(message))).toBe(expected);
});

test("the SDK still words it so", () => {
  const file = createRequire(import.meta.url).resolve("@pulumi/pulumi/runtime/resource.js");
  expect(readFileSync(file, "utf8")).toContain('"Resource monitor is terminating"');
});
