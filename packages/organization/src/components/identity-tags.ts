import * as pulumi from "@pulumi/pulumi";
import { compareText, identityTags } from "@atoll/core";

type Tags = Readonly<Record<string, pulumi.Input<string>>>;
type Merge = (tags: unknown, identity: Readonly<Record<string, string>>) => unknown;

/** Types whose `tags` are no map of text, by how identity is written there; null for tags that are a filter. */
const OTHER_SHAPES: Readonly<Record<string, Merge | null>> = {
  // Instances carry the tags on, so that one left behind by its group can be traced.
  "aws:autoscaling/group:Group": (tags, identity) => [
    ...(Array.isArray(tags) ? (tags as unknown[]) : []).filter((tag) => !isIdentity(tag, identity)),
    ...Object.entries(identity).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
  ],
  // Which resources to watch, by their tags.
  "aws:devopsguru/resourceCollection:ResourceCollection": null,
};

/** The types of `@pulumi/aws` whose `tags` are no map of text; a test compares them with the installed package. */
export const typesWithOtherTags: readonly string[] = Object.keys(OTHER_SHAPES).sort(compareText);

const mergeMap: Merge = (tags, identity) => ({ ...(tags as Tags | undefined), ...identity });

/**
 * Makes the transformation that puts `atoll:stack` and `atoll:name` on every taggable AWS resource of a stack; they win
 * over tags of the same name. The SDK's classes hand over every input that a type has, given or not, so `tags` among
 * the inputs says that a type takes tags. What is only read by id is left alone.
 *
 * It is Pulumi's in-process form of a transform, which needs no engine, so it works in every engine alike.
 */
export function identityTransformation(stack: string): pulumi.ResourceTransformation {
  return ({ type, name, props, opts, resource }) => {
    if (!type.startsWith("aws:") || resource instanceof pulumi.ComponentResource) return undefined;
    const inputs = props as Readonly<Record<string, unknown>>;
    const { id: readId } = opts as pulumi.CustomResourceOptions;
    if (readId !== undefined || !("tags" in inputs)) return undefined;
    const merge = Object.hasOwn(OTHER_SHAPES, type) ? OTHER_SHAPES[type] : mergeMap;
    if (merge === null || merge === undefined) return undefined;
    const identity = { [identityTags.stack]: stack, [identityTags.name]: name };
    const { tags } = inputs;
    const merged = isEventual(tags)
      ? (pulumi.output(tags) as pulumi.Output<unknown>).apply((value) => merge(value, identity))
      : merge(tags, identity);
    return { props: { ...inputs, tags: merged }, opts };
  };
}

function isEventual(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

function isIdentity(tag: unknown, identity: Readonly<Record<string, string>>): boolean {
  return (
    typeof tag === "object" &&
    tag !== null &&
    "key" in tag &&
    Object.hasOwn(identity, String(tag.key))
  );
}
