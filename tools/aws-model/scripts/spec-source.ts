import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import type { Property, PropertyType, Resource, TypeDefinition } from "@aws-cdk/service-spec-types";
import { follow } from "./source.ts";
import type { Cursor, Facts } from "./source.ts";

type Properties = Readonly<Record<string, Property>>;

const database = loadAwsServiceSpecSync();

/** The specification of a CloudFormation type; undefined when there is none. */
export function specResource(type: string): Resource | undefined {
  const found = database.lookup("resource", "cloudFormationType", "equals", type);
  return found.length === 0 ? undefined : found.only();
}

/** Every resource of the specification. */
export function specResources(): readonly Resource[] {
  return database.all("resource");
}

/** A place such as `AWS::Budgets::Budget.BudgetData`. */
export function specCursor(place: string): Cursor | undefined {
  const [type = "", ...path] = place.split(".");
  const resource = specResource(type);
  if (resource === undefined) return undefined;
  return follow(objectCursor(resource.properties, `spec ${type}`), path.join("."));
}

function objectCursor(properties: Properties, from: string): Cursor {
  return {
    from,
    kind: "object",
    facts: {},
    names: () => Object.keys(properties),
    property(name) {
      const property = properties[name];
      return property === undefined ? undefined : typeCursor(property.type, `${from}.${name}`);
    },
    element: () => undefined,
  };
}

function typeCursor(type: PropertyType, from: string): Cursor {
  const leaf = (kind: Cursor["kind"], facts: Facts = {}): Cursor => ({
    from,
    kind,
    facts,
    names: () => [],
    property: () => undefined,
    element: () => undefined,
  });
  switch (type.type) {
    case "string":
    case "integer":
    case "number":
      return leaf("scalar", "allowedValues" in type ? { values: type.allowedValues } : {});
    case "array":
      return { ...leaf("list"), element: () => typeCursor(type.element, `${from}[]`) };
    case "ref": {
      const definition: TypeDefinition = database.get("typeDefinition", type.reference);
      return objectCursor(definition.properties, from);
    }
    default:
      return leaf("other");
  }
}
