import type { Provenance } from "../provenance.ts";
import type { CodeExplanation } from "./explanation.ts";

const PACKAGE: Provenance = {
  kind: "provider",
  source: "@pulumi/aws 7.48.0, its type declarations",
  date: "2026-11-23",
};
const CONSTRAINTS: Provenance = {
  kind: "spec",
  source: "data/constraints.json; each row names its own source: specification, API or provider",
  date: "2026-11-23",
};
const DESCRIPTIONS: Provenance = {
  kind: "provider",
  source: "@pulumi/aws 7.48.0, descriptions of the inputs",
  date: "2026-11-23",
};
const FACTS: Provenance = {
  kind: "doc",
  source: "dated tables of @atoll/aws-facts",
  date: "2026-11-23",
};

/** The codes of the findings that the model itself makes. */
export const MODEL_CODES: readonly CodeExplanation[] = [
  {
    code: "DATA_SOURCE_UNANSWERED",
    text: "The data source, or these arguments, have no answer offline. Give the value as a setting, or use one of the data sources that are answered.",
    provenance: FACTS,
  },
  {
    code: "INVALID_JSON",
    text: "A policy or another document in JSON does not parse. Build it as an object and use JSON.stringify.",
    provenance: DESCRIPTIONS,
  },
  {
    code: "MISSING_PROPERTY",
    text: "A property that the type requires is absent.",
    provenance: PACKAGE,
  },
  {
    code: "UNKNOWN_PROPERTY",
    text: "The type, or an object inside it, has no property of that name.",
    provenance: PACKAGE,
  },
  {
    code: "VALUE_LENGTH",
    text: "A text or a list is shorter or longer than AWS allows.",
    provenance: CONSTRAINTS,
  },
  {
    code: "VALUE_NOT_ALLOWED",
    text: "The value is not among those that AWS allows. It is a warning where AWS keeps adding values.",
    provenance: CONSTRAINTS,
  },
  {
    code: "VALUE_PATTERN",
    text: "The text has another form than AWS expects.",
    provenance: CONSTRAINTS,
  },
  {
    code: "VALUE_RANGE",
    text: "The number is smaller or greater than AWS allows.",
    provenance: CONSTRAINTS,
  },
  {
    code: "WRONG_TYPE",
    text: "The value is of a type that the provider cannot turn into the right one.",
    provenance: PACKAGE,
  },
];
