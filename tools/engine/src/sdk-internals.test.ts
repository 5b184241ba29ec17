import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { PINNED_SDK_VERSION } from "./sdk-internals.ts";

const require = createRequire(import.meta.url);
const read = (path: string) => readFileSync(require.resolve(`@pulumi/pulumi/${path}`), "utf8");

test("the SDK is the version whose internals were read", () => {
  const { version } = JSON.parse(read("package.json")) as { version: string };
  expect(version).toBe(PINNED_SDK_VERSION);
});

test.each([
  ["runtime/state.js", "exports.withLocalStorage = withLocalStorage"],
  ["runtime/state.js", "exports.getPendingResourceRegistrations ="],
  [
    "runtime/settings.js",
    "function setMockOptions(mockMonitor, project, stack, preview, organization)",
  ],
  ["runtime/settings.js", "exports.waitForRPCs = waitForRPCs"],
  ["runtime/settings.js", "const callbacks = store.callbacks;"],
  [
    "runtime/settings.js",
    "function resetOptions(project, stack, parallel, engineAddr, monitorAddr, preview, organization)",
  ],
  ["runtime/settings.js", "async function disconnect(signalShutdown = false)"],
  ["runtime/config.js", "function setAllConfig(c, secretKeys)"],
  ["runtime/callbacks.js", "this._callbacks.set(uuid, tryCb)"],
  ["runtime/callbacks.js", "req.setTarget(await this._target)"],
  ["resource.js", "const stackTrace = Resource.stackTrace(4)"],
  ["runtime/resource.js", "debuggable_1.debuggablePromise(resopAsync"],
  ["runtime/resource.js", "req.setObject(gstruct.Struct.fromJavaScript(resop.serializedProps))"],
  ["runtime/rpc.js", "const outputs = outputsStruct.toJavaScript()"],
  ["runtime/closure/codePaths.js", 'const arborist = __importStar(require("@npmcli/arborist"))'],
  ["typescript-shim.js", 'module.exports = require("typescript")'],
])("%s still has %s", (file, text) => {
  expect(read(file)).toContain(text);
});
