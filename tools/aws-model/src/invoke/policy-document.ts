import { crc32 } from "node:zlib";
import { compareText } from "@atoll/core";
import { containsUnknown, isPlainList, isPlainRecord, UNKNOWN } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";
import { goJson } from "./go-json.ts";
import type { GoJson } from "./go-json.ts";

/*
 * `aws.iam.getPolicyDocument` as the provider renders it: sets are sorted backwards, single values
 * stand alone, statements of the same Sid replace each other, `&{` becomes `${`.
 *
 * provider: terraform-provider-aws `internal/service/iam/policy_document_data_source.go` at
 * 04e9356 and `internal/service/iam/policy_model.go` at 084fd7b, read 2026-11-23.
 */

type Statement = Record<string, GoJson>;

interface Document {
  Version: string;
  Id: string;
  Statement: Statement[];
}

const DEFAULT_VERSION = "2012-10-17";

/**
 * The data source's whole answer: its arguments, `id`, `json` and `minifiedJson`. The last three
 * are unknown when an argument is. Undefined when a given document is not JSON.
 */
export function policyDocument(args: PlainRecord): PlainRecord | undefined {
  const version = typeof args["version"] === "string" ? args["version"] : DEFAULT_VERSION;
  if (containsUnknown(args)) {
    return { ...args, version, id: UNKNOWN, json: UNKNOWN, minifiedJson: UNKNOWN };
  }
  const merged: Document = { Version: "", Id: "", Statement: [] };
  for (const text of textsOf(args["sourcePolicyDocuments"])) {
    const document = readDocument(text);
    if (document === undefined) return undefined;
    mergeInto(merged, document);
  }
  mergeInto(merged, {
    Version: version,
    Id: textOf(args["policyId"]) ?? "",
    Statement: listOf(args["statements"]).filter(isPlainRecord).map(writeStatement),
  });
  for (const text of textsOf(args["overridePolicyDocuments"])) {
    const document = readDocument(text);
    if (document === undefined) return undefined;
    mergeInto(merged, document);
  }
  const document = compact({ ...merged });
  const json = goJson(document, 2);
  const hash = String(crc32(json));
  return { ...args, version, id: hash, json, minifiedJson: goJson(document, 0) };
}

/** Go's `omitempty`: empty texts and lists are left out. */
function compact(record: Readonly<Record<string, GoJson>>): Record<string, GoJson> {
  return Object.fromEntries(
    Object.entries(record).filter(
      ([, value]) => value !== "" && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function mergeInto(target: Document, document: Document): void {
  if (document.Id !== "") target.Id = document.Id;
  if (compareText(document.Version, target.Version) > 0) target.Version = document.Version;
  for (const statement of document.Statement) {
    const sid = statement["Sid"];
    const index = sid === undefined ? -1 : target.Statement.findIndex((row) => row["Sid"] === sid);
    if (index < 0) target.Statement.push(statement);
    else target.Statement[index] = statement;
  }
}

function writeStatement(statement: PlainRecord): Statement {
  const set = (name: string) => oneOrSet(textsOf(statement[name]));
  return compact({
    Sid: textOf(statement["sid"]) ?? "",
    Effect: textOf(statement["effect"]) ?? "Allow",
    Action: set("actions"),
    NotAction: set("notActions"),
    Resource: withVariables(set("resources")),
    NotResource: withVariables(set("notResources")),
    Principal: writePrincipals(statement["principals"]),
    NotPrincipal: writePrincipals(statement["notPrincipals"]),
    Condition: writeConditions(statement["conditions"]),
  });
}

function oneOrSet(texts: readonly string[]): GoJson {
  const [first] = texts;
  return texts.length === 1 && first !== undefined ? first : backwards(texts);
}

function backwards(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText).reverse();
}

function withVariables(value: GoJson): GoJson {
  if (typeof value === "string") return value.replaceAll("&{", "${");
  return Array.isArray(value) ? (value as readonly GoJson[]).map(withVariables) : value;
}

/** "" stands for none, which the caller leaves out. */
function writePrincipals(value: PlainValue | undefined): GoJson {
  const rows = listOf(value).filter(isPlainRecord);
  const byType = new Map<string, GoJson>();
  for (const row of rows) {
    const type = textOf(row["type"]) ?? "";
    const added = withVariables(oneOrSet(textsOf(row["identifiers"])));
    const present = byType.get(type);
    byType.set(type, present === undefined ? added : [...asList(present), ...asList(added)]);
  }
  if (byType.size === 0) return "";
  // `{"*": "*"}` alone is written as "*"; `{"AWS": "*"}` is not, for roles tell them apart.
  if (byType.size === 1 && byType.get("*") === "*") return "*";
  return sortedRecord(byType);
}

function writeConditions(value: PlainValue | undefined): GoJson {
  const tests = new Map<string, Map<string, string[]>>();
  for (const row of listOf(value).filter(isPlainRecord)) {
    const variables = tests.get(textOf(row["test"]) ?? "") ?? new Map<string, string[]>();
    tests.set(textOf(row["test"]) ?? "", variables);
    const name = textOf(row["variable"]) ?? "";
    const values = textsOf(row["values"]).map((text) => text.replaceAll("&{", "${"));
    variables.set(name, [...(variables.get(name) ?? []), ...values]);
  }
  if (tests.size === 0) return "";
  const written = new Map<string, GoJson>();
  for (const [test, variables] of tests) {
    const flat = [...variables].map(([name, values]): [string, GoJson] => {
      const [first] = values;
      return [name, values.length === 1 && first !== undefined ? first : values];
    });
    written.set(test, sortedRecord(new Map(flat)));
  }
  return sortedRecord(written);
}

function sortedRecord(map: ReadonlyMap<string, GoJson>): { [key: string]: GoJson } {
  return Object.fromEntries([...map].sort(([a], [b]) => compareText(a, b)));
}

function asList(value: GoJson): readonly GoJson[] {
  return Array.isArray(value) ? (value as readonly GoJson[]) : [value];
}

/** A given document in the order and form in which the provider would write it again. */
function readDocument(text: string): Document | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined; // The caller reports the argument as unanswerable.
  }
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const { Version, Id, Statement } = parsed as Record<string, unknown>;
  const rows = Statement === undefined ? [] : Array.isArray(Statement) ? Statement : [Statement];
  return {
    Version: typeof Version === "string" ? Version : "",
    Id: typeof Id === "string" ? Id : "",
    Statement: rows.map((row) => readStatement(row as Record<string, GoJson>)),
  };
}

function readStatement(row: Readonly<Record<string, GoJson>>): Statement {
  return compact({
    Sid: row["Sid"] ?? "",
    Effect: row["Effect"] ?? "",
    Action: row["Action"] ?? "",
    NotAction: row["NotAction"] ?? "",
    Resource: row["Resource"] ?? "",
    NotResource: row["NotResource"] ?? "",
    Principal: readPrincipals(row["Principal"]),
    NotPrincipal: readPrincipals(row["NotPrincipal"]),
    Condition: readConditions(row["Condition"]),
  });
}

function readPrincipals(value: GoJson | undefined): GoJson {
  if (value === undefined || value === null) return "";
  if (typeof value !== "object") return "*";
  return sortedRecord(
    new Map(
      Object.entries(value).map(([type, who]): [string, GoJson] => [
        type,
        Array.isArray(who) ? backwards(who as readonly string[]) : who,
      ]),
    ),
  );
}

function readConditions(value: GoJson | undefined): GoJson {
  if (typeof value !== "object" || value === null) return "";
  const tests = Object.entries(value).map(([test, variables]): [string, GoJson] => {
    const flat = Object.entries(variables as Record<string, GoJson>).map(
      ([name, values]): [string, GoJson] => {
        if (typeof values === "boolean") return [name, String(values)];
        const list = asList(values);
        return [name, list.length === 1 ? (list[0] ?? "") : list];
      },
    );
    return [test, sortedRecord(new Map(flat))];
  });
  return sortedRecord(new Map(tests));
}

function listOf(value: PlainValue | undefined): readonly PlainValue[] {
  return isPlainList(value) ? value : [];
}

function textOf(value: PlainValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function textsOf(value: PlainValue | undefined): readonly string[] {
  return listOf(value).filter((item) => typeof item === "string");
}
