// For maintainers, after `npm install` has written package-lock.json: adds the optional packages that are only for other
// kinds of machine and that the registry in use could not show to npm. `npm ci` refuses a lockfile without them, and on
// those machines they would not be installed. They have no integrity: npm had none to write down.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { completeLockfile } from "./src/complete-lockfile.mjs";

const file = join(dirname(fileURLToPath(import.meta.url)), "../../package-lock.json");
const lockfile = /** @type {import("./src/complete-lockfile.mjs").Lockfile} */ (
  JSON.parse(readFileSync(file, "utf8"))
);
const { completed, added } = completeLockfile(lockfile);
if (added.length > 0) writeFileSync(file, `${JSON.stringify(completed, null, 2)}\n`);
process.stdout.write([...added, `${String(added.length)} added`, ""].join("\n"));
