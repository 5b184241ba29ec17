/** What a deployment goes to. Only `aws` reaches AWS, and there nothing but Pulumi's own programs is used. */
export type DeployTarget = "aws" | "sandbox" | "emulator";

/** Where a `pulumi` was found. */
export type PulumiOrigin =
  /** On the path. */
  | "path"
  /** Where npm's `pulumi` and the Automation API put what they download. */
  | "downloaded"
  /** Built by us, in our cache. */
  | "built";

/** Something of Pulumi's in a file. */
export interface PulumiFile {
  /** Absolute path. */
  readonly file: string;
  /** Without a leading `v`; null when it is not known. */
  readonly version: string | null;
  /** Ours, not Pulumi's. */
  readonly own: boolean;
}

/** A `pulumi` that could be used. */
export interface PulumiCandidate {
  readonly origin: PulumiOrigin;
  readonly file: string;
  /** As it prints it, without a leading `v`; null when it does not run. */
  readonly version: string | null;
  /** The `pulumi-language-nodejs` beside it. */
  readonly languageHost: PulumiFile | null;
}

/** What was found on the machine. */
export interface PulumiFacts {
  /** The best place first. */
  readonly candidates: readonly PulumiCandidate[];
  /** The first `pulumi-language-nodejs` on the path that is not ours. */
  readonly languageHost: PulumiFile | null;
  /** Everything that Pulumi would take for the provider of package `aws` at the pinned version. */
  readonly providers: readonly PulumiFile[];
  /** `PULUMI_DEBUG_PROVIDERS`, empty when it is not set. */
  readonly debugProviders: string;
}

/** What was looked at or done, and why. */
export interface PulumiStep {
  readonly about: "cli" | "language-host" | "provider" | "sandbox";
  /** Such as `pulumi 3.200.0 in /usr/bin/pulumi is not used`. */
  readonly text: string;
  /** Such as `version 3.259.0 is needed`. */
  readonly reason: string;
}

/** The Pulumi that is used. */
export interface FoundPulumi {
  /** Absolute path of `pulumi`. */
  readonly file: string;
  /** Without a leading `v`, such as `3.259.0` or `3.259.0+atoll`. */
  readonly version: string;
  readonly origin: PulumiOrigin;
  /** Absolute path of `pulumi-language-nodejs`. */
  readonly languageHost: string;
  /** The language host is ours, not Pulumi's. */
  readonly ownLanguageHost: boolean;
  /** Pulumi finds a language host beside `pulumi`; else it must be on the path. */
  readonly bundled: boolean;
  /** How it came to be chosen. */
  readonly steps: readonly PulumiStep[];
}
