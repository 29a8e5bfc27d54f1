// Where exactly two versions of a nested object differ.
import { same } from '../json/same.ts';

/** The way to the one value that is another; null where more than one differ, or where parts came or went. */
export function differingLeaf(before: unknown, after: unknown): string | null {
  const [old, now] = [partsOf(before), partsOf(after)];
  if (old === null || now === null) return old === now ? '' : null;
  if (old.size !== now.size || [...old.keys()].some((name) => !now.has(name))) return null;
  const [only, ...others] = [...now].filter(([name, part]) => !same(old.get(name), part));
  if (only === undefined || others.length > 0) return null;
  const [name, part] = only;
  const within = differingLeaf(old.get(name), part);
  return within === null ? null : `${name}.${within}`;
}

function partsOf(value: unknown): ReadonlyMap<string, unknown> | null {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}
