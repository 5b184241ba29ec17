import type * as pulumi from "@pulumi/pulumi";

/**
 * A transformation that takes resources over as they are found: it leaves every input of theirs alone. Without it the
 * import of a resource fails when the program wants anything of it to be different. The next run changes it.
 *
 * @param resources `<type>::<name>`
 */
export function adopting(resources: ReadonlySet<string>): pulumi.ResourceTransformation {
  return ({ type, name, props, opts }) => {
    if (!resources.has(`${type}::${name}`)) return undefined;
    const { ignoreChanges = [] } = opts as pulumi.CustomResourceOptions;
    const inputs = Object.keys(props);
    const ignored = [...new Set([...ignoreChanges, ...inputs])];
    return { props: props, opts: { ...opts, ignoreChanges: ignored } };
  };
}
