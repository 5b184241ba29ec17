import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { loadModel } from "../load-model.ts";
import { locateTables } from "../tables/store.ts";
import { UNKNOWN } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";

/*
 * The documentation in `@pulumi/aws` holds thousands of examples: what they do must not be reported.
 * They are an independent check of tables and constraints.
 */

const model = loadModel();
const { packageFolder } = locateTables();
const scope = { partition: "aws", accountId: "111111111111", region: "eu-west-1" } as const;

interface Example {
  readonly file: string;
  readonly type: string;
  readonly inputs: PlainRecord;
}

function examplesOf(text: string, file: string): Example[] {
  const found: Example[] = [];
  for (const [, block = ""] of text.matchAll(/\* ```typescript\n([\s\S]*?)\* ```/gu)) {
    const code = block.replace(/^ *\* ?/gmu, "").replaceAll("*&#47;", "*/");
    const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      const example = exampleOf(node, source);
      if (example !== undefined) found.push({ file, ...example });
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function exampleOf(node: ts.Node, source: ts.SourceFile): Omit<Example, "file"> | undefined {
  if (!ts.isNewExpression(node)) return undefined;
  const [, service, className] = node.expression.getText(source).split(".");
  const args = node.arguments?.[1];
  if (service === undefined || className === undefined || args === undefined) return undefined;
  const module = className.charAt(0).toLowerCase() + className.slice(1);
  const type = `aws:${service}/${module}:${className}`;
  const inputs = ts.isObjectLiteralExpression(args) ? literal(args) : {};
  return model.knows(type) ? { type, inputs: inputs as PlainRecord } : undefined;
}

/** The value of a literal; everything that has to be computed is unknown. */
function literal(node: ts.Node): PlainValue {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(literal);
  if (!ts.isObjectLiteralExpression(node)) return UNKNOWN;
  const entries = node.properties.filter(ts.isPropertyAssignment).map((property) => {
    const name = ts.isIdentifier(property.name) || ts.isStringLiteral(property.name);
    return [name ? (property.name as ts.Identifier).text : "", literal(property.initializer)];
  });
  return Object.fromEntries(entries) as PlainRecord;
}

const examples = readdirSync(packageFolder)
  .filter((name) => name !== "node_modules" && name !== "types")
  .map((name) => join(packageFolder, name))
  .filter((folder) => statSync(folder).isDirectory())
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".d.ts"))
      .flatMap((file) => examplesOf(readFileSync(join(folder, file), "utf8"), file)),
  );

test("there are thousands of examples", () => {
  expect(examples.length).toBeGreaterThan(5000);
});

test("no example has a value that the constraints refuse", () => {
  const refused = examples.flatMap(({ file, type, inputs }) =>
    model
      .check(type, inputs, scope)
      .filter((row) => row.code.startsWith("VALUE_"))
      .map((row) => `${file} ${type} ${row.code} ${row.path} ${JSON.stringify(row.got)}`),
  );
  expect(refused).toEqual([]);
});

test("hardly any example has a wrong type or an unknown property", () => {
  const wrong = examples.flatMap(({ type, inputs }) =>
    model
      .check(type, inputs, scope)
      .filter((row) => row.code === "WRONG_TYPE" || row.code === "UNKNOWN_PROPERTY"),
  );
  // Some examples are wrong themselves (`vpc.cidr`, `bucket.bucketName`); one in a hundred is fine.
  expect(wrong.length).toBeLessThan(examples.length / 100);
});
