/**
 * Moves options that stand before the command behind it, so that `atoll --json preview` is `atoll preview --json`.
 *
 * @param argv what was typed after `atoll`
 * @param withValue options that take a value, such as `--organization`
 */
export function optionsBehindCommand(
  argv: readonly string[],
  withValue: ReadonlySet<string>,
): readonly string[] {
  let index = 0;
  while (index < argv.length) {
    const word = argv[index] ?? "";
    if (!word.startsWith("-") || word === "--" || word === "-") break;
    index += withValue.has(word) ? 2 : 1;
  }
  const command = argv[index];
  if (command === undefined || command.startsWith("-")) return argv;
  const leading = argv.slice(0, index);
  const rest = argv.slice(index + 1);
  const end = rest.indexOf("--");
  const [words, verbatim] = end === -1 ? [rest, []] : [rest.slice(0, end), rest.slice(end)];
  return [command, ...words, ...leading, ...verbatim];
}
