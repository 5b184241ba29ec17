import type { Paint, Style } from "./paint.ts";

/** A cell: its text, and how it looks. */
export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

/** A column's heading; numbers are aligned to the right. */
export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
}

/** Rows under their headings, one line each, columns two spaces apart; ends with a newline. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  paint: Paint,
): string {
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => row[index]?.text.length ?? 0)),
  );
  const line = (cells: readonly Cell[]): string => {
    const padded = columns.map((column, index) => {
      const cell = cells[index] ?? { text: "" };
      const space = " ".repeat(Math.max(0, (widths[index] ?? 0) - cell.text.length));
      const text = cell.style === undefined ? cell.text : paint(cell.style, cell.text);
      if (column.align === "right") return space + text;
      return index === columns.length - 1 ? text : text + space;
    });
    return `${padded.join("  ").trimEnd()}\n`;
  };
  const heading = columns.map((column): Cell => ({ text: column.title, style: "heading" }));
  return line(heading) + rows.map(line).join("");
}

/** `1 stack`, `2 stacks`, `1,234 stacks`. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${thousands(count)} ${count === 1 ? singular : many}`;
}

/** A whole number with commas between the thousands. */
export function thousands(value: number | bigint): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Names in a row, cut when there are very many: `a, b and 98 more`. */
export function namesText(names: readonly string[], limit = 20): string {
  if (names.length <= limit) return names.join(", ");
  return `${names.slice(0, limit).join(", ")} and ${thousands(names.length - limit)} more`;
}
