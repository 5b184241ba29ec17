/** What one program registered. */
export interface StackRecord {
  /** Custom resources by Pulumi type. */
  readonly types: Readonly<Record<string, number>>;
  /** Outputs of the stack that are plain text. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** What the monitor was told since it was last asked, by stack. */
export interface MonitorReport {
  readonly stacks: Readonly<Record<string, StackRecord>>;
  /** Warnings and errors that programs logged. */
  readonly messages: readonly string[];
}

/** Keeps what programs register, and gives each resource its URN and an id. */
export class Recorder {
  readonly #project: string;
  #stacks = new Map<string, { types: Record<string, number>; outputs: Record<string, string> }>();
  #messages: string[] = [];
  #registered = 0;

  constructor(project: string) {
    this.#project = project;
  }

  /** Takes a resource; `parent` is a URN, empty for the stack itself, whose name is `<project>-<stack>`. */
  register(
    type: string,
    name: string,
    parent: string,
  ): { readonly urn: string; readonly id: string } {
    const isStack = type === "pulumi:pulumi:Stack";
    const stack = isStack ? name.slice(this.#project.length + 1) : stackOf(parent);
    const record = this.#recordOf(stack);
    if (!isStack) {
      record.types[type] = (record.types[type] ?? 0) + 1;
    }
    this.#registered += 1;
    const id = isStack ? "" : `${name}-${String(this.#registered).padStart(8, "0")}`;
    return { urn: `urn:pulumi:${stack}::${this.#project}::${type}::${name}`, id };
  }

  /** Takes a stack's outputs; those that are not text are left out. */
  complete(urn: string, outputs: Readonly<Record<string, unknown>>): void {
    const record = this.#recordOf(stackOf(urn));
    for (const [name, value] of Object.entries(outputs)) {
      if (typeof value === "string") {
        record.outputs[name] = value;
      }
    }
  }

  /** Takes a warning or an error. */
  message(text: string): void {
    this.#messages.push(text);
  }

  /** Hands over what was kept and starts anew. */
  take(): MonitorReport {
    const report = { stacks: Object.fromEntries(this.#stacks), messages: this.#messages };
    this.#stacks = new Map();
    this.#messages = [];
    return report;
  }

  #recordOf(stack: string): { types: Record<string, number>; outputs: Record<string, string> } {
    const record = this.#stacks.get(stack) ?? { types: {}, outputs: {} };
    this.#stacks.set(stack, record);
    return record;
  }
}

/** `urn:pulumi:<stack>::<project>::<type>::<name>` → `<stack>`. */
function stackOf(urn: string): string {
  return urn.replace(/^urn:pulumi:/, "").split("::")[0] ?? "";
}
