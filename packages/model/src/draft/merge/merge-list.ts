// Brings three lists of objects into one: each by its key, the order that of the side which changed it.

/** What becomes of one object that stands in some of the three; null: it is left out. */
export type PickOne<T> = (key: string, base: T | null, wanted: T | null, mine: T | null) => T | null;

export interface Three<T> {
  readonly base: readonly T[];
  readonly wanted: readonly T[];
  readonly mine: readonly T[];
}

/** Where both sides changed the order, it is mine. */
export function mergeList<T>({ base, wanted, mine }: Three<T>, keyOf: (one: T) => string, pick: PickOne<T>): T[] {
  const [inBase, inWanted, inMine] = [keyed(base, keyOf), keyed(wanted, keyOf), keyed(mine, keyOf)];
  const [keysOfBase, keysOfMine, keysOfWanted] = [[...inBase.keys()], [...inMine.keys()], [...inWanted.keys()]];
  const asBefore = keysOfMine.length === keysOfBase.length && keysOfMine.every((key, index) => key === keysOfBase[index]);
  const present = asBefore ? placed(keysOfWanted, keysOfMine) : placed(keysOfMine, keysOfWanted);
  return present.flatMap((key) => pick(key, inBase.get(key) ?? null, inWanted.get(key) ?? null, inMine.get(key) ?? null) ?? []);
}

/** A draft may hold two of a key, as while an address is typed: the second is another object, and is not lost. */
function keyed<T>(items: readonly T[], keyOf: (one: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  for (const one of items) {
    const key = keyOf(one);
    let free = key;
    for (let nth = 2; found.has(free); nth += 1) free = `${key} ${nth}`;
    found.set(free, one);
  }
  return found;
}

/** The keys of the first list, and each of the second that it lacks behind the one that it follows there. */
function placed(first: readonly string[], second: readonly string[]): string[] {
  const known = new Set(first);
  const behind = new Map<string | null, string[]>();
  let last: string | null = null;
  for (const key of second) {
    if (known.has(key)) last = key;
    else behind.set(last, [...(behind.get(last) ?? []), key]);
  }
  return [...(behind.get(null) ?? []), ...first.flatMap((key) => [key, ...(behind.get(key) ?? [])])];
}
