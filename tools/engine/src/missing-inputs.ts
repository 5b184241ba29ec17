import module from "node:module";

/**
 * Makes the resource classes of `@pulumi/aws` accept a missing required input. They throw otherwise, without saying
 * which resource it was, and the first throw hides every later problem; the AWS model then reports each of them with
 * its resource. Only for threads that diagnose. Call it before the SDK is loaded.
 */
export function acceptMissingInputs(): void {
  module.registerHooks({
    load: (url, context, next) => {
      const result = next(url, context);
      if (!url.includes("/@pulumi/aws/") || result.source == null) return result;
      const text =
        typeof result.source === "string"
          ? result.source
          : Buffer.from(result.source as Uint8Array).toString();
      return {
        ...result,
        source: text.replaceAll(/throw new Error\("Missing required property '[^']+'"\);/gu, ""),
      };
    },
  });
}
