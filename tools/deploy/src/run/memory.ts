import { readdirSync, readFileSync } from "node:fs";

/** What the processes below each of the given ones take together, in MiB: proportional set size, shared pages split. */
export type MemoryOf = (roots: readonly number[]) => number;

/**
 * Memory of processes and all their descendants. Where there is no `/proc` (macOS) it is 0: the number of stacks at
 * once is then bounded by the estimate alone.
 */
export const memoryOf: MemoryOf = (roots) => {
  const children = childrenByParent();
  let total = 0;
  const queue = [...roots];
  const seen = new Set<number>();
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    if (seen.has(pid)) continue;
    seen.add(pid);
    total += proportionalKiB(pid);
    queue.push(...(children.get(pid) ?? []));
  }
  return total / 1024;
};

function proportionalKiB(pid: number): number {
  try {
    const text = readFileSync(`/proc/${String(pid)}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+)/mu.exec(text)?.[1] ?? 0);
  } catch {
    // It has ended, or this is no Linux.
    return 0;
  }
}

function childrenByParent(): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>();
  for (const name of processes()) {
    try {
      // The command's name stands in parentheses and may hold anything.
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
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
