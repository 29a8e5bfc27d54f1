// An order of Weir's own: the kernel lists what is newest first.

export interface Keyed {
  readonly key: string;
}

function byKey(a: Keyed, b: Keyed): number {
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}

/** Sorts the list itself. One of each key: while somebody changes its table, the kernel may list an object twice. */
export function inOrder<T extends Keyed>(list: T[]): T[] {
  list.sort(byKey);
  const isFirst = ({ key }: T, at: number): boolean => at === 0 || key !== list[at - 1]?.key;
  return list.every(isFirst) ? list : list.filter(isFirst);
}
