/** How gRPC words an error, and what the SDK makes of it when the engine has stopped listening. */
const ENGINES_WORDS = /^\d+ [A-Z_]+:|^Resource monitor is terminating$/u;

/** True for what the engine has told of already: a resource that failed, or the end of the connection that follows. */
export function isEnginesOwn(error: unknown): boolean {
  return error instanceof Error && ENGINES_WORDS.test(error.message);
}
