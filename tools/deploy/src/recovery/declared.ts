/** A resource as the program declares it: what an embedded preview says of it. */
export interface DeclaredResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: unknown;
  readonly outputs: unknown;
  /** Null for the stack itself. */
  readonly parent: string | null;
  /** URNs. */
  readonly dependencies: readonly string[];
  /** `<urn>::<id>`, the id a planned one; null for components and providers. */
  readonly provider: string | null;
  readonly options: {
    readonly protect?: boolean;
    readonly retainOnDelete?: boolean;
    readonly external?: boolean;
    readonly import?: string;
    readonly additionalSecretOutputs?: readonly string[];
    readonly ignoreChanges?: readonly string[];
    readonly replaceOnChanges?: readonly string[];
  };
}
