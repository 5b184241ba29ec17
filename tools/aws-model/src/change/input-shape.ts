import type { NestedTable, ResourceTable, ServiceTable, Shape } from "../tables/format.ts";

/** The type of an input at a path such as `routes[].gatewayId`, and whether it must be there. */
export interface InputShape {
  readonly shape: Shape;
  readonly required: boolean;
}

/** What stands at a path; a step over a name in a map may be any name. Undefined for nothing. */
export function inputShape(
  path: string,
  table: ResourceTable,
  service: ServiceTable,
): InputShape | undefined {
  const steps = path.match(/\[\]|\[(?:"[^"]*"|\d+)\]|[^.[\]]+/gu) ?? [];
  let at: InputShape | undefined;
  steps.forEach((step, index) => {
    if (index > 0 && at === undefined) return;
    at =
      at === undefined
        ? property({ properties: table.inputs, required: table.required }, step)
        : inside(at.shape, step, service);
  });
  return at;
}

/** The names that may follow a path: those of the nested object there, if it is one. */
export function namesInside(shape: Shape, service: ServiceTable): readonly string[] {
  const parts = typeof shape !== "string" && shape[0] === "any-of" ? shape.slice(1) : [shape];
  return (parts as Shape[]).flatMap((part) =>
    typeof part !== "string" && part[0] === "ref"
      ? Object.keys(service.shapes[part[1]]?.properties ?? {})
      : [],
  );
}

function inside(shape: Shape, step: string, service: ServiceTable): InputShape | undefined {
  if (typeof shape === "string") return undefined;
  switch (shape[0]) {
    case "any-of":
      for (const part of shape.slice(1) as Shape[]) {
        const found = inside(part, step, service);
        if (found !== undefined) return found;
      }
      return undefined;
    case "list":
      return step.startsWith("[") ? { shape: shape[1], required: false } : undefined;
    case "map":
      return { shape: shape[1], required: false };
    case "ref": {
      const nested = service.shapes[shape[1]];
      return nested === undefined ? undefined : property(nested, step);
    }
    default:
      return undefined;
  }
}

function property(table: NestedTable, name: string): InputShape | undefined {
  if (!Object.hasOwn(table.properties, name)) return undefined;
  const shape = table.properties[name];
  return shape === undefined ? undefined : { shape, required: table.required.includes(name) };
}
