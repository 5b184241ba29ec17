import module from "node:module";
import { resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

let hooked = false;

/** Lets a file outside the workspace import `@atoll/…` as if it stood at the workspace's root. */
export function resolveAtollFrom(file: string, root: string): void {
  if (hooked || file.startsWith(root + sep)) return;
  hooked = true;
  const parentURL = pathToFileURL(resolve(root, "package.json")).href;
  module.registerHooks({
    resolve: (specifier, context, next) => {
      if (!/^@(?:atoll|pulumi)\//u.test(specifier)) return next(specifier, context);
      try {
        return next(specifier, context);
      } catch {
        return next(specifier, { ...context, parentURL });
      }
    },
  });
}
