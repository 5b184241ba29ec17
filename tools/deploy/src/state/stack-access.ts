/** A stack, and the Pulumi that reaches it. */
export interface StackAccess {
  /** `<account>` or `<account>.<unit>`. */
  readonly stack: string;
  /** The Pulumi project: the organization's name. */
  readonly project: string;
  /** Where the state is, such as `file:///work/.atoll/acme/backend` or `s3://bucket/prefix`. */
  readonly backendUrl: string;
  readonly pulumi: PulumiAccess;
}

/** How `pulumi` is run. */
export interface PulumiAccess {
  /** Absolute path of `pulumi`. */
  readonly file: string;
  /** The whole environment; it names the backend and says how secrets are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the Pulumi project. */
  readonly cwd: string;
}

/** The stack's name as `--stack` takes it on its backend. */
export function stackArgument({ stack, project, backendUrl }: StackAccess): string {
  // Pulumi Cloud has organizations of its own; every other backend calls its only one `organization`.
  return /^https?:/u.test(backendUrl) ? stack : `organization/${project}/${stack}`;
}
