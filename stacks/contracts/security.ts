/** What the security account hands on. */
export interface SecurityOutputs {
  /** ARN of the organization's access analyzer, by region. */
  readonly analyzerArns: Readonly<Record<string, string>>;
}

declare module "@atoll/organization" {
  interface StackContracts {
    security: SecurityOutputs;
  }
}
