import { suggest } from "@atoll/core";
import type { ResourceTable, ServiceTable } from "../tables/format.ts";
import type { TableStore } from "../tables/store.ts";

/** The type that a query names, with the path behind it, or what was probably meant. */
export type Subject =
  | {
      readonly type: string;
      readonly path: string;
      readonly table: ResourceTable;
      readonly service: ServiceTable;
    }
  | { readonly suggestion: string | undefined };

const TOKEN = /^(?:aws:)?(?<service>[\w-]+)\/[\w-]+:(?<name>\w+)(?:\.(?<path>.+))?$/u;
const DOTTED = /^(?:aws\.)?(?<service>[a-z][\w-]*)\.(?<name>[A-Z]\w*)(?:\.(?<path>.+))?$/u;
const NAME = /^(?<name>[A-Z]\w*)(?:\.(?<path>.+))?$/u;

/**
 * The type that a query names: `aws:ec2/subnet:Subnet`, `ec2/subnet:Subnet` or `ec2.Subnet`, with or
 * without a path behind it.
 */
export function findSubject(query: string, tables: TableStore): Subject {
  const match = TOKEN.exec(query) ?? DOTTED.exec(query) ?? NAME.exec(query);
  const { service: folder = "", name = "", path = "" } = match?.groups ?? {};
  const services = Object.keys(tables.manifest.services);
  const service = services.includes(folder) ? tables.service(folder) : undefined;
  const type = service === undefined ? undefined : typeNamed(name, service);
  const table = type === undefined ? undefined : service?.resources[type];
  if (type !== undefined && table !== undefined && service !== undefined) {
    return { type, path, table, service };
  }
  const rest = path === "" ? "" : `.${path}`;
  const meant = meantType(folder, name, service, tables);
  return { suggestion: meant === undefined ? undefined : meant + rest };
}

function typeNamed(name: string, service: ServiceTable): string | undefined {
  return Object.keys(service.resources).find((type) => nameOf(type) === name);
}

/** The nearest name in the service, else the same name in another, else in the nearest service. */
function meantType(
  folder: string,
  name: string,
  service: ServiceTable | undefined,
  tables: TableStore,
): string | undefined {
  if (name === "") return undefined;
  if (service !== undefined) {
    const near = suggest(name, Object.keys(service.resources).map(nameOf));
    if (near !== undefined) return typeNamed(near, service);
  }
  const services = Object.keys(tables.manifest.services);
  const nearest = folder === "" ? undefined : suggest(folder, services);
  const order = nearest === undefined ? services : [nearest, ...services];
  for (const other of order) {
    const found = typeNamed(name, tables.service(other) ?? { resources: {}, shapes: {} });
    if (found !== undefined) return found;
  }
  return undefined;
}

function nameOf(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}
