// The thread that previews without the cache loads Pulumi first of all: what the command itself loads takes about as
// long, and the two happen at once.
if (process.argv.includes("preview") && process.argv.includes("--no-cache")) {
  const { startEarly } = await import("@atoll/engine/early");
  startEarly();
}

await import("./run-main.ts");
