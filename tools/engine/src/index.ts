export type { Deployment } from "./deployment.ts";
export { loadOrganization } from "./organization-file.ts";
export type { LoadedOrganization } from "./organization-file.ts";
export type {
  Preview,
  ResourceOptions,
  ResourcePreview,
  StackPreview,
  StackStatus,
} from "./preview.ts";
export { preview } from "./preview-organization.ts";
export type { PreviewEvent, PreviewRequest, PreviewRun, StackSummary } from "./run-types.ts";
export { workspaceRoot } from "./workspace-root.ts";
