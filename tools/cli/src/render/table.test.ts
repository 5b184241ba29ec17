import { plainPaint } from "./paint.ts";
import { namesText, plural, renderTable, thousands } from "./table.ts";

test("columns are as wide as their widest cell, numbers stand to the right, no space at the end", () => {
  const columns = [
    { title: "NAME" },
    { title: "COUNT", align: "right" },
    { title: "NOTE" },
  ] as const;
  const rows = [
    [{ text: "long name" }, { text: "1" }, { text: "" }],
    [{ text: "b" }, { text: "1,000" }, { text: "yes" }],
  ];
  expect(renderTable(columns, rows, plainPaint)).toBe(
    "NAME       COUNT  NOTE\nlong name      1\nb          1,000  yes\n",
  );
});

test("looks do not change the widths", () => {
  const paint = (_style: string, text: string) => `<<${text}>>`;
  const rows = [[{ text: "a", style: "name" as const }, { text: "b" }]];
  expect(renderTable([{ title: "AB" }, { title: "C" }], rows, paint)).toBe(
    "<<AB>>  <<C>>\n<<a>>   b\n",
  );
});

test("counts in words", () => {
  expect(plural(1, "stack")).toBe("1 stack");
  expect(plural(1234, "stack")).toBe("1,234 stacks");
  expect(plural(0, "entry", "entries")).toBe("0 entries");
  expect(thousands(1048576n)).toBe("1,048,576");
});

test("very many names are cut", () => {
  expect(namesText(["a", "b"], 2)).toBe("a, b");
  expect(namesText(["a", "b", "c"], 2)).toBe("a, b and 1 more");
});
