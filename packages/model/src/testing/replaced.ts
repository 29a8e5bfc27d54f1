// Spoils one field of a value.

/** A copy with another value at a path; undefined takes the field away. */
export function replaced(value: unknown, path: readonly PropertyKey[], by: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? replaced(item, rest, by) : item));
  const fields = { ...(value as Record<PropertyKey, unknown>) };
  const next = replaced(fields[first], rest, by);
  if (next === undefined) delete fields[first];
  else fields[first] = next;
  return fields;
}
