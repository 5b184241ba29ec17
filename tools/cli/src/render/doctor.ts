import { plural, renderTable, type Cell } from "./table.ts";
import type { Check } from "../doctor/diagnose.ts";
import type { Paint, Style } from "./paint.ts";

const STATUS: Readonly<Record<Check["status"], { readonly text: string; readonly style: Style }>> =
  {
    ok: { text: "✔", style: "good" },
    missing: { text: "✖", style: "error" },
    optional: { text: "–", style: "faint" },
  };

/** The checks as a table, then how to get what is not there. */
export function renderDoctor(checks: readonly Check[], paint: Paint): string {
  const rows = checks.map(({ name, status, found, purpose }): Cell[] => [
    { text: STATUS[status].text, style: STATUS[status].style },
    { text: name, style: "name" },
    { text: found },
    { text: purpose, style: "faint" },
  ]);
  const table = renderTable(
    [{ title: "" }, { title: "WHAT" }, { title: "FOUND" }, { title: "FOR" }],
    rows,
    paint,
  );
  const fixes = checks.filter(({ fix }) => fix !== "");
  const lines = fixes.map(({ name, fix, status }) => {
    const { text, style } = STATUS[status];
    return `${paint(style, text)} ${paint("name", name)}: ${fix}\n`;
  });
  const missing = checks.filter(({ status }) => status === "missing").length;
  const verdict =
    missing === 0
      ? paint("good", "Everything that Atoll needs is there.")
      : paint(
          "error",
          `${plural(missing, "thing")} that Atoll needs ${missing === 1 ? "is" : "are"} missing.`,
        );
  return `${table}${lines.length === 0 ? "" : `\n${lines.join("")}`}\n${verdict}\n`;
}
