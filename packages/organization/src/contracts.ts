/**
 * What each kind of account hands on. Empty here: `stacks/contracts/<kind>.ts` declare into it, so that the kinds and
 * the names of their outputs are known to the compiler wherever `defineStack` is called.
 *
 * @example
 * declare module "@atoll/organization" {
 *   interface StackContracts {
 *     network: NetworkOutputs;
 *   }
 * }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled in by declaration merging
export interface StackContracts {}

/** A kind of account; any text where no contract is declared. */
export type Kind = [keyof StackContracts] extends [never] ? string : keyof StackContracts & string;

/** What accounts of a kind hand on. */
export type OutputsOf<K extends Kind> = K extends keyof StackContracts
  ? StackContracts[K]
  : Readonly<Record<string, unknown>>;
