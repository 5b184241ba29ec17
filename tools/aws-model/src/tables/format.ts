/**
 * The type of an input as the tables keep it: `s` string, `n` number, `b` boolean, `x` asset or
 * archive, `a` anything; or a tuple: list, map, reference to a nested shape, one of several,
 * closed enumeration.
 */
export type Shape =
  | "s"
  | "n"
  | "b"
  | "x"
  | "a"
  | readonly ["list", Shape]
  | readonly ["map", Shape]
  | readonly ["ref", string]
  | readonly ["any-of", ...Shape[]]
  | readonly ["enum", ...string[]];

/** A nested input object. */
export interface NestedTable {
  readonly properties: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
}

/** The kind of an output: as in `Shape`, with `l` list, `m` map, `r` object; `?` when it may be absent. */
export type OutputKind = string;

/** One resource type of `@pulumi/aws`. */
export interface ResourceTable {
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
  readonly outputs: Readonly<Record<string, OutputKind>>;
  /** Outputs that are never inputs, marked so in the generated constructor. */
  readonly computed: readonly string[];
  /** Values that the documentation of the package states for omitted inputs. */
  readonly defaults: Readonly<Record<string, boolean | number | string>>;
  /** The id in the package's import example; null where it has none. */
  readonly importExample: string | null;
}

/** All resource types of one service folder, with the nested shapes they use. */
export interface ServiceTable {
  readonly resources: Readonly<Record<string, ResourceTable>>;
  readonly shapes: Readonly<Record<string, NestedTable>>;
}

/** What a folder of generated tables holds, and the digests to tell damage by. */
export interface TableManifest {
  readonly version: string;
  /** Sum over all services. */
  readonly counts: {
    readonly types: number;
    readonly inputs: number;
    readonly computed: number;
    readonly required: number;
    readonly shapes: number;
  };
  /** Hex SHA-256 of each service's file by service name. */
  readonly services: Readonly<Record<string, string>>;
}

/** The service folder of a type token: `ec2` of `aws:ec2/vpc:Vpc`; undefined for other packages. */
export function serviceOf(type: string): string | undefined {
  if (!type.startsWith("aws:")) return undefined;
  const slash = type.indexOf("/");
  return slash < 0 ? undefined : type.slice("aws:".length, slash);
}
