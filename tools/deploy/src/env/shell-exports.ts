import { AtollError } from "@atoll/core";

/**
 * Text for a POSIX shell's `eval`: one `export NAME='value'` for each variable, in the order given. Values are taken as
 * they are, whatever is in them.
 *
 * @throws AtollError `SHELL_VALUE` for a name that is none, or a value that no environment can hold
 */
export function shellExports(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || value.includes("\0")) {
        throw new AtollError("SHELL_VALUE", `"${name}" cannot be set in a shell`);
      }
      return `export ${name}=${shellQuote(value)}\n`;
    })
    .join("");
}

/** A value as one word of a POSIX shell. */
export function shellQuote(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
