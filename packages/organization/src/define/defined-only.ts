/** The entries that have a value: the others were cut out because their shape was wrong. */
export function definedOnly<T>(
  values: Readonly<Record<string, T | undefined>> | undefined,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(values ?? {}).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value] as const],
    ),
  );
}
