import { record, type Computed, type Recording } from "@atoll/testing";

const computed: Computed = ({ name }) => ({
  publicIp: "192.0.2.1",
  roots: [{ id: "r-1" }],
  allocationId: name,
});

/**
 * Runs a stack's program as a deployment in which everything is known, and records what it registers: what it only
 * reads, such as other stacks, is not its own.
 *
 * @param needs outputs of the stacks that it refers to, by stack name
 */
export async function recordStack(
  stack: string,
  needs: Readonly<Record<string, object>>,
  program: () => Promise<Record<string, unknown>>,
): Promise<Recording> {
  const project = "atoll";
  const stacks = Object.fromEntries(
    Object.entries(needs).map(([need, outputs]) => [`organization/${project}/${need}`, outputs]),
  );
  const { resources, outputs } = await record(program, { project, stack, stacks, computed });
  return { resources: resources.filter(({ readId }) => readId === ""), outputs };
}
