import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { UsageError } from "../errors.ts";
import { EXIT } from "../exit-codes.ts";
import { renderExplained } from "../render/explained.ts";
import type { Session } from "../session.ts";

import { explainQuery } from "./explain-query.ts";
import { readProblemTable } from "./problem-table.ts";

/**
 * Runs `atoll explain`; the result is the exit code.
 *
 * @throws UsageError `EXPLAIN_UNKNOWN`, with the nearest name
 */
export async function explainCommand(
  { io, root, doing }: Session,
  query: string,
  options: { readonly json?: true },
): Promise<number> {
  doing("loading the model of AWS");
  const { loadModel } = await import("@atoll/aws-model");
  const page = join(root, "docs", "problems.md");
  const problems = existsSync(page) ? readProblemTable(readFileSync(page, "utf8")) : [];
  const { suggestion, ...explained } = explainQuery(query, loadModel(), problems);
  if (explained.kind === "unknown") {
    const fix =
      suggestion === undefined
        ? "It takes a code such as UNKNOWN_PROPERTY or InvalidSubnet.Conflict, a type such as ec2.Subnet, or a property such as ec2.Subnet.cidrBlock."
        : `Did you mean ${suggestion}?`;
    throw new UsageError("EXPLAIN_UNKNOWN", `nothing is known of "${query}"`, fix);
  }
  if (options.json === true) {
    io.out(`${JSON.stringify({ version: 1, query, ...explained }, null, 2)}\n`);
  } else {
    io.out(renderExplained(explained, io.paint));
  }
  return EXIT.ok;
}
