// Where a person has put things, kept by their browser, per cluster.
import { z } from 'zod';
import type { Place, Places } from './place.ts';

/** Farther than any drawing reaches, and near enough to be counted in rows. */
const farthestPx = 10_000_000;
const Px = z.number().min(0).max(farthestPx);
const Kept = z.record(z.string(), z.tuple([Px, Px]));

/** A cluster has no more objects that can be drawn. */
const placesMax = 50_000;

export function storageKeyOf(personId: string, clusterId: string): string {
  return `weir.places.${personId}.${clusterId}`;
}

/** None where nothing of ours is there. */
export function readPlaces(storage: Pick<Storage, 'getItem'>, key: string): Places {
  try {
    const parsed = Kept.safeParse(JSON.parse(storage.getItem(key) ?? '{}'));
    if (!parsed.success) return new Map();
    return new Map(Object.entries(parsed.data).slice(0, placesMax).map(([name, [x, y]]): [string, Place] => [name, { x, y }]));
  } catch {
    return new Map();
  }
}

/** Whether there was room for them. */
export function writePlaces(storage: Pick<Storage, 'setItem'>, key: string, places: Places, present: (placeKey: string) => boolean): boolean {
  const kept = [...places].filter(([name]) => present(name)).slice(0, placesMax);
  try {
    storage.setItem(key, JSON.stringify(Object.fromEntries(kept.map(([name, { x, y }]) => [name, [x, y]]))));
    return true;
  } catch {
    return false;
  }
}
