/** One resource as Pulumi's state has it. What Atoll does not know stays as it is. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  /** Managed by a provider; components and the stack itself are not. */
  readonly custom: boolean;
  readonly id?: string;
  /** Replaced already, and to be deleted by the next update. */
  readonly delete?: boolean;
  /** Deleted already, and to be made anew by the next update. */
  readonly pendingReplacement?: boolean;
  /** Read, not managed. */
  readonly external?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Secrets are ciphertext in them, and in inputs. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  /** `<urn>::<id>` of its provider. */
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  readonly deletedWith?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  /** The next update calls the provider again, whatever the inputs are. */
  readonly initErrors?: readonly string[];
  /** ISO 8601. */
  readonly created?: string;
  readonly [other: string]: unknown;
}

/** An operation that Pulumi had begun and of whose end it knows nothing. */
export interface PendingOperation {
  readonly type: "creating" | "updating" | "deleting" | "reading" | "importing";
  readonly resource: StateResource;
}

/** The state of a stack, as `pulumi stack export` prints it under `deployment`. */
export interface StackDeployment {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly PendingOperation[];
  readonly [other: string]: unknown;
}

/** What `pulumi stack export` prints and `pulumi stack import` takes. */
export interface ExportedState {
  readonly version: number;
  readonly features?: readonly string[];
  readonly deployment: StackDeployment;
}

/** Marks a secret (and with other values assets and the like) where a value of the state would stand. */
export const STATE_SIGNATURE = "4dabf18193072939515e22adb298388d";

/** A resource that exists somewhere outside of the state: not a component, a provider, the stack, or only read. */
export function isCloudResource(resource: StateResource): boolean {
  const { custom, external, type } = resource;
  return custom && external !== true && !type.startsWith("pulumi:");
}

/** The parts of a URN that name a resource. */
export interface UrnParts {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
}

/** Takes a URN apart; the type is the resource's own, without its parents'. */
export function parseUrn(urn: string): UrnParts {
  const [stack = "", , types = "", ...name] = urn.replace(/^urn:pulumi:/u, "").split("::");
  return { stack, type: types.split("$").at(-1) ?? "", name: name.join("::") };
}
