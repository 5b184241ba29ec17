export { comparePreviews } from "./compare/compare-previews.ts";
export { groupChanges } from "./compare/group-changes.ts";
export type {
  Change,
  ChangeGroup,
  Difference,
  PreviewComparison,
  StackComparison,
} from "./compare/types.ts";
export { EXIT } from "./exit-codes.ts";
