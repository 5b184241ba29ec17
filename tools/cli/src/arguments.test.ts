import { optionsBehindCommand } from "./arguments.ts";

const withValue = new Set(["--organization", "--workers"]);

test.each([
  ["no options", ["preview", "a"], ["preview", "a"]],
  ["a switch in front", ["--json", "preview", "a"], ["preview", "a", "--json"]],
  [
    "an option with its value",
    ["--organization", "preview", "accounts"],
    ["accounts", "--organization", "preview"],
  ],
  ["an option with = ", ["--organization=x", "accounts"], ["accounts", "--organization=x"]],
  [
    "words after -- stay behind it",
    ["--json", "preview", "--", "-x"],
    ["preview", "--json", "--", "-x"],
  ],
  ["options alone", ["--help"], ["--help"]],
  ["nothing", [], []],
])("%s", (_name, argv, expected) => {
  expect(optionsBehindCommand(argv, withValue)).toEqual(expected);
});
