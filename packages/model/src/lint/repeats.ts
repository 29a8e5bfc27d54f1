// Finds items that say again what an earlier one said.

export interface Repeat<T> {
  readonly index: number;
  readonly item: T;
  readonly first: T;
}

/** Gives every item whose key an earlier item has, with that earlier one. */
export function repeats<T>(items: readonly T[], keyOf: (item: T) => string): Repeat<T>[] {
  const seen = new Map<string, T>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    const first = seen.get(key);
    if (first !== undefined) return [{ index, item, first }];
    seen.set(key, item);
    return [];
  });
}
