import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The versions that everything goes with: those of the SDKs in `node_modules`, without a leading `v`. */
export interface PinnedVersions {
  /** Of `@pulumi/pulumi`: the CLI and the language host must have the same. */
  readonly pulumi: string;
  /** Of `@pulumi/aws`: the provider plugin must have the same. */
  readonly aws: string;
}

/** Reads the versions of the SDKs. */
export function pinnedVersions(): PinnedVersions {
  return { pulumi: versionOf("@pulumi/pulumi"), aws: versionOf("@pulumi/aws") };
}

function versionOf(name: string): string {
  const text = readFileSync(require.resolve(`${name}/package.json`), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
