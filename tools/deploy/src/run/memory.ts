import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** What a process and everything below it took at one moment, by process id, in MiB; 0 for one that is not there. */
export type MemoryOf = (pid: number) => number;

/** Sizes in KiB. */
interface Process {
  /** Pages that are its own. */
  readonly ownKiB: number;
  /** Pages of files, which others may have too. */
  readonly fileKiB: number;
  readonly program: string;
}

/**
 * Measures a process and everything below it. Pages of files are split among the processes that run the same program, so
 * the result is close to the proportional set size, which the kernel takes fifty times as long to add up. Where there is
 * no `/proc` (macOS) everything is 0: the number of stacks at once is then bounded by the estimate alone.
 *
 * @param root process id
 */
export function measureMemory(root: number): MemoryOf {
  const children = childrenByParent();
  const tree = below(root, children);
  const processes = new Map(tree.flatMap((pid) => entryOf(pid)));
  const sharers = new Map<string, number>();
  for (const { program } of processes.values()) {
    sharers.set(program, (sharers.get(program) ?? 0) + 1);
  }
  return (pid) => {
    const taken = below(pid, children).map((each) => {
      const process = processes.get(each);
      if (process === undefined) return 0;
      return process.ownKiB + process.fileKiB / (sharers.get(process.program) ?? 1);
    });
    return taken.reduce((sum, kiB) => sum + kiB, 0) / 1024;
  };
}

function entryOf(pid: number): readonly (readonly [number, Process])[] {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
    const kiB = (field: string) =>
      Number(new RegExp(`^${field}:\\s+(\\d+)`, "mu").exec(status)?.[1] ?? 0);
    const ownKiB = kiB("RssAnon") + kiB("RssShmem");
    const program = readlinkSync(`/proc/${String(pid)}/exe`);
    return [[pid, { ownKiB, fileKiB: kiB("RssFile"), program }]];
  } catch {
    // It has ended, or this is no Linux.
    return [];
  }
}

function below(root: number, children: ReadonlyMap<number, readonly number[]>): readonly number[] {
  const tree = new Set([root]);
  // A set is walked to its end, which moves while it is walked.
  for (const pid of tree) for (const child of children.get(pid) ?? []) tree.add(child);
  return [...tree];
}

function childrenByParent(): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>();
  for (const name of processes()) {
    try {
      // The command's name stands in parentheses and may hold anything.
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [Number(name)]);
      else siblings.push(Number(name));
    } catch {
      // It has ended.
    }
  }
  return children;
}

function processes(): readonly string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/u.test(name));
  } catch {
    return [];
  }
}
