import { isCloudResource, type ExportedState } from "../state/deployment.ts";
import type { SelectedTask } from "./select-tasks.ts";

/** What destroying left of each stack: what is locked, and what locked things need. Stacks without any are left out. */
export async function keptResources(
  tasks: readonly SelectedTask[],
  read: (stack: string) => Promise<ExportedState | null>,
): Promise<readonly { readonly stack: string; readonly urns: readonly string[] }[]> {
  const kept: { readonly stack: string; readonly urns: readonly string[] }[] = [];
  for (const { stack } of tasks) {
    const state = await read(stack);
    const urns = (state?.deployment.resources ?? []).filter(isCloudResource).map(({ urn }) => urn);
    if (urns.length > 0) kept.push({ stack, urns: urns.sort() });
  }
  return kept;
}
