import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/events.js";

/** What the engine did, or would do, with one resource. */
export interface Operation {
  readonly urn: string;
  /** Pulumi's word: `create`, `same`, `update`, `replace`, `delete`, `import`, `refresh`, `read` and the like. */
  readonly op: string;
  readonly state: "running" | "done" | "failed";
  /** Property paths that differ, sorted. */
  readonly changed: readonly string[];
  /** Those of them for which the resource is replaced. */
  readonly replacing: readonly string[];
}

/** Steps that a replacement consists of; the one named `replace` tells of them all. */
const PARTS_OF_REPLACEMENT = new Set(["create-replacement", "delete-replaced", "discard-replaced"]);

/** Follows the engine's events and keeps what they say. */
export class OperationLog {
  readonly #operations = new Map<string, Operation>();
  readonly #running = new Set<string>();
  readonly #errors: { readonly urn: string; readonly message: string }[] = [];
  readonly #steps = new Map<string, StepEventMetadata>();
  #ended = false;
  #hasProviderWork = false;

  add(event: EngineEvent): void {
    if (event.resourcePreEvent) this.#step(event.resourcePreEvent.metadata, "running");
    if (event.resOutputsEvent) this.#step(event.resOutputsEvent.metadata, "done");
    if (event.resOpFailedEvent) this.#step(event.resOpFailedEvent.metadata, "failed");
    if (event.diagnosticEvent?.severity === "error") {
      const { urn = "", message } = event.diagnosticEvent;
      this.#errors.push({ urn, message: plain(message) });
    }
    if (event.summaryEvent) this.#ended = true;
  }

  /** The last operation of each resource, in the order in which they began; the stack, providers and reads included. */
  get operations(): readonly Operation[] {
    return [...this.#operations.values()];
  }

  /** What the engine and its programs reported as errors. */
  get errors(): readonly { readonly urn: string; readonly message: string }[] {
    return this.#errors;
  }

  /** What the last event on each resource said, with its old and new state; not to be kept: it may hold anything. */
  get steps(): ReadonlyMap<string, StepEventMetadata> {
    return this.#steps;
  }

  /** Operations that have begun and not ended; of components, which last as long as their program, there are none. */
  get running(): number {
    return this.#running.size;
  }

  /** Operations that have ended. */
  get done(): number {
    return [...this.#operations.values()].filter(({ state }) => state !== "running").length;
  }

  /** A provider has done something: an operation has ended that is not the engine's own, as those on components are. */
  get hasProviderWork(): boolean {
    return this.#hasProviderWork;
  }

  /** The engine has come to its own end, well or not. */
  get ended(): boolean {
    return this.#ended;
  }

  #step(step: StepEventMetadata, state: Operation["state"]): void {
    const key = `${step.urn} ${step.op}`;
    if (state === "running" && isManaged(step)) this.#running.add(key);
    else this.#running.delete(key);
    this.#steps.set(step.urn, step);
    const isCustom = (step.new ?? step.old)?.custom === true;
    if (state !== "running" && isCustom && !step.type.startsWith("pulumi:")) {
      this.#hasProviderWork = true;
    }
    const known = this.#operations.get(step.urn);
    if (PARTS_OF_REPLACEMENT.has(step.op)) {
      const whole = known ?? operationOf(step, state);
      this.#operations.set(step.urn, { ...whole, op: "replace", state });
      return;
    }
    // The engine refreshes before it changes: what comes last counts, but a failure stays one.
    if (known?.state === "failed" && state !== "failed") return;
    this.#operations.set(step.urn, operationOf(step, state));
  }
}

/** The engine leaves out what is false. */
function isManaged({ new: after, old: before }: StepEventMetadata): boolean {
  return (after ?? before)?.custom === true;
}

function operationOf(step: StepEventMetadata, state: Operation["state"]): Operation {
  const detailed = Object.entries(step.detailedDiff ?? {});
  const changed = detailed.length > 0 ? detailed.map(([path]) => path) : (step.diffs ?? []);
  const replacing = detailed.filter(([, { diffKind }]) => diffKind.endsWith("replace"));
  return {
    urn: step.urn,
    op: step.op,
    state,
    changed: [...changed].sort(),
    replacing: (replacing.length > 0
      ? replacing.map(([path]) => path)
      : (step.keys ?? [])
    ).toSorted(),
  };
}

/** Without Pulumi's marks for colours. */
function plain(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/gu, "").trim();
}
