import { existsSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { basename, join } from "node:path";

import { writeWhole } from "./write-file.ts";

/** The settings of a stack that has no file of its own in git. */
const NO_SETTINGS = `config:
  # Every resource names its provider: credentials of the environment never reach an account by accident.
  pulumi:disable-default-providers:
    - "*"
`;

/** Pulumi's salt for the stack's secrets: it writes that line itself. */
const SALT = /^encryptionsalt:.*$/m;

/**
 * Brings the settings of a project up to date with those in git, and never the other way round. A file that changed in
 * git is copied anew: the salt that Pulumi wrote into the copy stays, other settings that were made there do not. A file
 * that did not change is left as it is.
 *
 * @param committed folder of the `Pulumi.<stack>.yaml` files in git; it need not exist
 * @param stacks further stacks that need settings
 * @returns names of the stacks whose settings were written
 */
export function refreshSettings(
  committed: string,
  project: string,
  stacks: readonly string[] = [],
): readonly string[] {
  // Before anything is read: what changes meanwhile is newer.
  const now = new Date();
  const known = join(project, "committed");
  const names = new Set([...stacks.map(fileOf), ...filesIn(committed), ...filesIn(known)]);
  const written = [...names].sort().filter((name) => {
    const text = textOf(join(committed, name));
    const copy = join(project, "config", name);
    if (existsSync(copy) && textOf(join(known, name)) === text) return false;
    writeWhole(copy, withSalt(text ?? NO_SETTINGS, textOf(copy) ?? ""));
    if (text === null) rmSync(join(known, name), { force: true });
    else writeWhole(join(known, name), text);
    return true;
  });
  // Whoever looks for what is newer looks at this file.
  if (existsSync(join(project, "Pulumi.yaml"))) utimesSync(join(project, "Pulumi.yaml"), now, now);
  return written.map((name) => basename(name, ".yaml").slice("Pulumi.".length));
}

function withSalt(text: string, before: string): string {
  const salt = SALT.exec(before)?.[0];
  if (salt === undefined || SALT.test(text)) return text;
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${salt}\n`;
}

function fileOf(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => /^Pulumi\..+\.yaml$/.test(name));
}

function textOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
