/**
 * House rules that a selector can say, as options of `no-restricted-syntax`.
 * @typedef {{ selector: string, message: string }} Restriction
 */

/** @type {Restriction[]} */
const exportAll = [
  {
    selector: "ExportAllDeclaration",
    message: "No `export *`: name what the module offers, so that a reader and knip can see it.",
  },
];

/** @type {Restriction[]} */
const defaultExport = [
  {
    selector: "ExportDefaultDeclaration, ExportSpecifier[exported.name='default']",
    message: "No default export here: a named one keeps its name wherever it is used.",
  },
];

const literalPartition =
  "A literal partition. Take it from the organization (`formatArn` of @atoll/core): it may be aws-cn or aws-us-gov.";

/** @type {Restriction[]} */
const partition = [
  { selector: "Literal[value=/arn:aws[a-z-]*:/]", message: literalPartition },
  { selector: "TemplateElement[value.raw=/arn:aws[a-z-]*:/]", message: literalPartition },
];

/** @type {Restriction[]} */
const bareError = [
  {
    selector:
      ":matches(NewExpression, CallExpression)[callee.name=/^(Error|TypeError|RangeError|AggregateError)$/]",
    message:
      "No bare Error in a package: throw an AtollError, a ProblemError or a subclass with a code.",
  },
];

const clockMessage = "Pure code has no clock: take the time as an argument.";

/** @type {Restriction[]} */
const clock = [
  {
    selector:
      "NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.name='Date']",
    message: clockMessage,
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: clockMessage,
  },
];

/** @type {Restriction[]} */
const unpredictable = [
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: "Pure code has no randomness: derive the value from a stable key.",
  },
  {
    selector: "ImportExpression",
    message:
      "Pure code loads nothing at run time: what it imports must be visible to the layer rules.",
  },
  {
    selector: "MetaProperty[meta.name='import']",
    message: "Pure code does not know where it lies: take the path as an argument.",
  },
];

/** What each layer may not write. */
export const FORBIDDEN_SYNTAX = {
  test: exportAll,
  tool: [...exportAll, ...defaultExport, ...partition],
  package: [...exportAll, ...defaultExport, ...partition, ...bareError],
  pure: [...exportAll, ...defaultExport, ...partition, ...bareError, ...clock, ...unpredictable],
  stack: [...exportAll, ...defaultExport, ...partition],
  /** @type {(restrictions: Restriction[]) => Restriction[]} The same, in a file that has a default export by contract. */
  withDefaultExport: (restrictions) =>
    restrictions.filter((restriction) => !defaultExport.includes(restriction)),
  /** @type {(restrictions: Restriction[]) => Restriction[]} The same, in a table of data. */
  withLiteralArns: (restrictions) =>
    restrictions.filter((restriction) => !partition.includes(restriction)),
};

/** Globals that let the outside world into pure code, as options of `no-restricted-globals`. */
export const FORBIDDEN_GLOBALS = [
  "process",
  "globalThis",
  "global",
  "performance",
  "fetch",
  "crypto",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "require",
  "navigator",
  "WebSocket",
].map((name) => ({
  name,
  message:
    "Pure code sees its arguments and nothing else: no environment, clock, network or randomness.",
}));
