// What a sample is about: the keys of its services and of their real servers, which stay the same from second to second.

export interface Layout {
  readonly services: readonly string[];
  /** Of all services, one after the other. */
  readonly realServers: readonly string[];
  /** Where the real servers of each service begin; one more than there are services, so that each end is the next beginning. */
  readonly firsts: readonly number[];
  /** Of two services with one key, the last. */
  readonly serviceAt: ReadonlyMap<string, number>;
  /** No key is written otherwise in JSON than it is. */
  readonly isPlain: boolean;
}

type Keys = Omit<Layout, 'serviceAt' | 'isPlain'>;

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

/** The one before where it is the same: a hundred directors say the same keys each second. */
export function layoutOf(keys: Keys, before: Layout | null): Layout {
  if (before !== null && same(keys.services, before.services) && same(keys.firsts, before.firsts) && same(keys.realServers, before.realServers)) return before;
  const isPlain = [...keys.services, ...keys.realServers].every((key) => JSON.stringify(key) === `"${key}"`);
  return { ...keys, isPlain, serviceAt: new Map(keys.services.map((key, index) => [key, index])) };
}
