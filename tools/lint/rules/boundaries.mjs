import { createProjectGraphAsync, readCachedProjectGraph } from "@nx/devkit";
import nx from "@nx/eslint-plugin";

import { TESTS } from "./folders.mjs";

/**
 * The layers between packages, by their Nx tags. Tools may import everything that has an entry; nothing imports tools.
 * What is for tests alone is in no layer's list: see `forTests`. Inside a package, where Nx sees nothing, the import
 * patterns of `imports.mjs` hold.
 */
const LAYERS = [
  { sourceTag: "layer:pure", onlyDependOnLibsWithTags: ["layer:pure"] },
  { sourceTag: "layer:runtime", onlyDependOnLibsWithTags: ["layer:pure", "layer:runtime"] },
  {
    sourceTag: "layer:component",
    onlyDependOnLibsWithTags: ["layer:pure", "layer:runtime", "layer:component"],
  },
  { sourceTag: "layer:stack", onlyDependOnLibsWithTags: ["layer:pure", "layer:component"] },
  {
    sourceTag: "layer:tool",
    onlyDependOnLibsWithTags: [
      "layer:pure",
      "layer:runtime",
      "layer:component",
      "layer:stack",
      "layer:tool",
    ],
  },
  { sourceTag: "layer:testing", onlyDependOnLibsWithTags: ["layer:pure"] },
];

/**
 * The same layers, as the tests of their projects have them.
 * @type {(layers: typeof LAYERS) => typeof LAYERS}
 */
const forTests = (layers) =>
  layers.map(({ sourceTag, onlyDependOnLibsWithTags }) => ({
    sourceTag,
    onlyDependOnLibsWithTags: [...onlyDependOnLibsWithTags, "layer:testing"],
  }));

/**
 * Makes sure that there is a project graph. Without one the Nx rule says nothing and passes: it fails open on a clean
 * clone. Inside an Nx task the graph is the one that Nx has just built; anywhere else it is built anew.
 * @throws when the graph cannot be read or built, so that linting fails instead of passing.
 */
export async function ensureProjectGraph() {
  const graph = process.env["NX_TASK_TARGET_PROJECT"]
    ? readCachedProjectGraph()
    : await createProjectGraphAsync({ exitOnError: false, resetDaemonClient: false });
  if (Object.keys(graph.nodes).length === 0)
    throw new Error("The Nx project graph has no projects.");
}

/** @type {(depConstraints: typeof LAYERS) => import("eslint").Linter.RulesRecord} */
const enforce = (depConstraints) => ({
  "@nx/enforce-module-boundaries": [
    "error",
    {
      depConstraints,
      // A tool may load another lazily in one place and at once in another.
      checkDynamicDependenciesExceptions: ["@atoll/**"],
      allow: [],
    },
  ],
});

/** The configuration blocks that enforce the layers between packages. */
export const boundaries = [
  { plugins: { "@nx": nx }, rules: enforce(LAYERS) },
  { files: TESTS, rules: enforce(forTests(LAYERS)) },
];
