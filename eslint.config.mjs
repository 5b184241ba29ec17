import { defineConfig } from "eslint/config";
import prettier from "eslint-config-prettier";

import { boundaries, ensureProjectGraph } from "./tools/lint/rules/boundaries.mjs";
import { layers } from "./tools/lint/rules/layers.mjs";
import { typescript } from "./tools/lint/rules/typescript.mjs";

await ensureProjectGraph();

export default defineConfig(
  {
    ignores: [
      "**/node_modules/",
      "**/fixtures/**",
      "**/.results/",
      "**/.work/",
      "**/*.cjs",
      "**/*.js",
      "tools/bench/peers/",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["**/*.ts", "**/*.mjs"], extends: [typescript, boundaries] },
  layers,
  prettier,
);
