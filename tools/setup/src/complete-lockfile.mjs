/**
 * @typedef {object} Entry
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [optionalDependencies]
 *
 * @typedef {{ packages: Record<string, Entry> }} Lockfile
 */

/** Names of operating systems and processors in package names, as npm calls them. */
const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "openharmony", "sunos", "win32"];
const PROCESSORS = {
  arm: "arm",
  armv7: "arm",
  arm64: "arm64",
  ia32: "ia32",
  loong64: "loong64",
  ppc64: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
  x64: "x64",
};
const LIBRARIES = { gnu: "glibc", musl: "musl" };

/**
 * A lockfile with an entry for every optional dependency that is for another kind of machine and has an exact version.
 * What is there already stays as it is.
 *
 * @param {Lockfile} lockfile
 * @returns {{ completed: Lockfile, added: readonly string[] }} `added` has the paths of the new entries, sorted.
 */
export function completeLockfile(lockfile) {
  const { packages } = lockfile;
  /** @type {Record<string, Entry>} */
  const missing = {};
  for (const { optionalDependencies = {} } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const path = `node_modules/${name}`;
      const machine = machineOf(name);
      if (machine === undefined || !/^\d+\.\d+\.\d+$/.test(version)) continue;
      if (Object.keys(packages).some((key) => key === path || key.endsWith(`/${path}`))) continue;
      missing[path] = { version, optional: true, ...machine };
    }
  }
  const entries = Object.entries({ ...packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    completed: { ...lockfile, packages: Object.fromEntries(entries) },
    added: Object.keys(missing).sort(),
  };
}

/**
 * The kind of machine that a package is for, by its name, such as `@swc/core-linux-ppc64-gnu`.
 * @type {(name: string) => Pick<Entry, "os" | "cpu" | "libc"> | undefined}
 */
function machineOf(name) {
  const words = name.split(/[/-]/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = valuesOf(PROCESSORS, words);
  const libc = valuesOf(LIBRARIES, words);
  if (os.length === 0 || cpu.length === 0) return undefined;
  return { cpu, ...(libc.length > 0 && os.includes("linux") ? { libc } : {}), os };
}

/** @type {(table: Record<string, string>, words: readonly string[]) => string[]} */
const valuesOf = (table, words) =>
  Object.entries(table)
    .filter(([word]) => words.includes(word))
    .map(([, value]) => value);
