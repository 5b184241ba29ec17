import type { Problem } from "@atoll/core";
import type { AddressAllocation, Organization, StackPlan } from "@atoll/organization";

/** A stack whose program a host is to run when Pulumi's engine asks for it. */
export interface HostedStack {
  readonly plan: StackPlan;
  readonly addresses: readonly AddressAllocation[];
  /** Absolute path of its program. */
  readonly programFile: string;
  /**
   * Resources to import as they are found, as `<type>::<name>`: all their inputs are left alone, because an import whose
   * inputs differ from what is there fails.
   */
  readonly adopt: readonly string[];
}

/** What a host is told. */
export type HostRequest =
  | { readonly type: "setup"; readonly root: string; readonly organization: Organization }
  | { readonly type: "host"; readonly stack: HostedStack }
  | { readonly type: "release"; readonly stack: string }
  /** Its program is to end, whatever it waits for. */
  | { readonly type: "abandon"; readonly stack: string };

/** What a host says. */
export type HostMessage =
  /** It listens at `127.0.0.1:<port>`. */
  | { readonly type: "ready"; readonly port: number }
  | { readonly type: "hosting"; readonly stack: string }
  /** Once a second, as long as programs let it. */
  | { readonly type: "beat" }
  /** The program has run to its end; empty problems: well. */
  | { readonly type: "ran"; readonly stack: string; readonly problems: readonly Problem[] };
