/** What the management account hands on: the organization itself. */
export interface ManagementOutputs {
  /** Such as `o-exampleorgid`. */
  readonly organizationId: string;
  /** Id of the root, such as `r-ab12`. */
  readonly rootId: string;
}

declare module "@atoll/organization" {
  interface StackContracts {
    management: ManagementOutputs;
  }
}
