/** What `toThrow` is given to look at an error's code (and part of its message) alone; used by tests only. */
export function errorWithCode(code: string, message = ""): Error {
  return expect.objectContaining({
    code,
    message: expect.stringContaining(message) as string,
  }) as Error;
}
