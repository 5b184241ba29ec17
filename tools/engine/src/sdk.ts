/** For whoever runs a program under Pulumi's own engine: the same use of the SDK's insides, and the same words for failures. */
export { problemsOfFailure, ProgramExit } from "./failures.ts";
export { resolveAtollFrom } from "./resolve-atoll.ts";
export {
  captureStacks,
  connectToEngine,
  currentStore,
  disconnectFromEngine,
  withLocalStorage,
} from "./sdk-internals.ts";
export type { Store } from "./sdk-internals.ts";
