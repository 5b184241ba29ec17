import { findByIdentity } from "@atoll/sandbox";

import type { IdentityLookup } from "./identity.ts";

/** Which account of which sandbox is looked into. */
export interface SandboxLookupOptions {
  /** Folder of the sandbox. */
  readonly folder: string;
  /** 12 digits. */
  readonly accountId: string;
}

/** Finds resources in a sandbox's account: by their tags, and those that take none by what they are. */
export function sandboxLookup({ folder, accountId }: SandboxLookupOptions): IdentityLookup {
  return {
    find: (sought) =>
      Promise.resolve(
        new Map(
          sought.map(({ urn, type, stack, name, inputs }) => {
            const query = { type, stack, name, inputs: inputs as Query["inputs"] };
            const candidates = findByIdentity(folder, accountId, query).map(
              ({ id, region, by }) => ({
                id,
                // Nobody but its own stacks makes anything in a sandbox.
                certain: true,
                description: `${region}, known by its ${by === "tags" ? "tags" : "inputs"}`,
              }),
            );
            return [urn, { identifiable: true, candidates }];
          }),
        ),
      ),
  };
}

type Query = Required<Parameters<typeof findByIdentity>[2]>;
