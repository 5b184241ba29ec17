import { stableJson } from "@atoll/core";
import { allocationsOf, EMPTY_ADDRESS_BOOK } from "@atoll/networking/plan";
import type { AddressAllocation, Organization, StackPlan } from "@atoll/organization";

import type { ReadAddressBook } from "./plan-preview.ts";
import type { Programs } from "./programs.ts";
import { sha256 } from "./sha256.ts";
import { stackKey } from "./stack-key.ts";

/** What deploying the stacks of a preview takes. */
export interface Deployment {
  /** Absolute path of the organization file. */
  readonly organizationFile: string;
  readonly organization: Organization;
  /** Every stack, in the organization's order; `status` is that of a preview. */
  readonly stacks: readonly StackPlan[];
  /** Absolute path of the stack's program; null where it has none that loads. */
  programFile(stack: StackPlan): string | null;
  /** The account's blocks in the address book. */
  addresses(stack: StackPlan): readonly AddressAllocation[];
  /**
   * SHA-256 of everything that the stack's program depends on, except the outputs of the stacks that it needs: files,
   * organization, addresses, environment, Node.
   */
  inputHash(stack: StackPlan): string;
}

/** What a deployment is made from. */
export interface DeploymentParts {
  readonly organizationFile: string;
  readonly organization: Organization;
  readonly stacks: readonly StackPlan[];
  readonly programs: Programs;
  readonly book: ReadAddressBook;
  readonly environment: Readonly<Record<string, string | null>>;
  /** Digest of every file that programs may read. */
  readonly digest: () => string;
  /** Whether the stack's program looked at the whole organization. */
  readonly readsOrganization: (stack: string) => boolean;
}

/** Makes the deployment of a preview's stacks. */
export function deploymentOf(parts: DeploymentParts): Deployment {
  const { organizationFile, organization, stacks, programs, environment } = parts;
  const addresses = (plan: StackPlan) =>
    allocationsOf(parts.book.book ?? EMPTY_ADDRESS_BOOK, plan.account);
  let digest: string | undefined;
  return {
    organizationFile,
    organization,
    stacks,
    programFile: (plan) => {
      const program = programs.of(plan);
      return program === undefined || program.problem !== null ? null : program.file;
    },
    addresses,
    inputHash: (plan) => {
      digest ??= parts.digest();
      const own = stackKey({
        digest,
        organization,
        organizationFile,
        plan,
        program: programs.of(plan),
        addresses: addresses(plan),
        needs: {},
        environment,
        unknowns: false,
        sources: false,
      });
      const whole = parts.readsOrganization(plan.stack) ? stableJson({ ...organization }) : "";
      return sha256(`${own}\n${whole}`);
    },
  };
}
