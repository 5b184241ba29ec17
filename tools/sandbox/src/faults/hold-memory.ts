const MIB = 1024 * 1024;

const held: Buffer[] = [];

/**
 * Makes this process as large as a provider with more in it: it holds what is missing until it ends. One that is as
 * large already stays as it is.
 *
 * @param mebibytes of resident memory, in all
 */
export function holdMemory(mebibytes: number): void {
  const missing = mebibytes * MIB - process.memoryUsage.rss();
  // Filled, because pages that nobody wrote to are not resident.
  if (missing > 0) held.push(Buffer.alloc(missing, 1));
}
