import type { Miss, Score, TypeScore } from "@atoll/deploy";

import type { Paint } from "./paint.ts";
import { plural, renderTable } from "./table.ts";

/** Fewer than so many say little. */
const SMALL_SAMPLE = 30;

/** Shows how good predictions were: by target and type with the sample's size, then every miss. */
export function renderScore(score: Score, paint: Paint): string {
  if (score.types.length === 0) {
    return "Nothing is recorded yet: `atoll up` records what it predicted and what happened.\n";
  }
  const columns = [
    { title: "TARGET" },
    { title: "TYPE" },
    { title: "RIGHT", align: "right" as const },
    { title: "OF", align: "right" as const },
    { title: "ACCURACY", align: "right" as const },
  ];
  const rows = [...totals(score), ...score.types].map(({ target, type, right, sample, accuracy }) =>
    [target, type, String(right), String(sample), percent(accuracy)].map((text) => ({ text })),
  );
  const small = score.types.filter(({ sample }) => sample < SMALL_SAMPLE).length;
  const note =
    small === 0
      ? ""
      : `${plural(small, "type")} with fewer than ${String(SMALL_SAMPLE)} operations: that says little yet.\n`;
  const heading = `Predictions of ${plural(score.runs, "run")} against what the engine did\n\n`;
  return `${heading}${renderTable(columns, rows, paint)}${note}${renderMisses(score.misses)}`;
}

/** One line for each target: all its types together. */
function totals({ types }: Score): readonly TypeScore[] {
  const targets = [...new Set(types.map(({ target }) => target))];
  return targets.map((target) => {
    const own = types.filter((each) => each.target === target);
    const sample = own.reduce((sum, each) => sum + each.sample, 0);
    const right = own.reduce((sum, each) => sum + each.right, 0);
    return { target, type: "all", sample, right, accuracy: right / sample };
  });
}

function renderMisses(misses: readonly Miss[]): string {
  if (misses.length === 0) return "\nNo prediction was wrong.\n";
  const lines = misses.map(
    ({ urn, predicted, happened, run, target }) =>
      `  ${urn}\n    predicted ${predicted ?? "nothing"}, happened ${happened} (${target}, run ${run})\n`,
  );
  return `\n${plural(misses.length, "miss", "misses")}\n${lines.join("")}`;
}

/** Never rounded up to 100%. */
function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)}%`;
}
