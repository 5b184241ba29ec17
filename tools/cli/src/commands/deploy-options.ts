/** The options of `atoll up`, `destroy`, `refresh` and `drift`. */
export interface DeployOptions {
  readonly sandbox?: true;
  readonly emulator?: string;
  readonly yes?: true;
  readonly json?: true;
  readonly resume?: true;
  readonly all?: true;
  readonly refresh?: true;
  readonly ignorePreviewErrors?: true;
  readonly maxAccounts?: number;
  readonly canary?: string;
  /** Milliseconds. */
  readonly bake?: number;
  readonly health?: string;
  /** MiB. */
  readonly memory?: number;
  /** Stacks at once. */
  readonly parallel?: number;
  readonly hosts?: number;
  readonly ledger?: string;
  readonly secretsProvider?: string;
  /** `<urn>=<id>`. */
  readonly found?: readonly string[];
  /** URNs. */
  readonly absent?: readonly string[];
}
