// Keeps rows where they are while a person points at them: nothing may move under the pointer.

/** The rows in the held order; new ones follow at the end, gone ones leave. */
export function inHeldOrder<T>(rows: readonly T[], held: readonly string[], idOf: (row: T) => string): T[] {
  const place = new Map(held.map((id, index) => [id, index]));
  const placeOf = (row: T) => place.get(idOf(row)) ?? held.length;
  return [...rows].sort((a, b) => placeOf(a) - placeOf(b));
}
