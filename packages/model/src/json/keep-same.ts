// Plain data that shares with an older version of it whatever did not change: many versions then take little memory, and parts compare by identity.
import { same } from './same.ts';

/** Equal to `now`; every part of it that equals its counterpart in `before` is that very object. */
export function keepSame<T>(before: unknown, now: T): T;
export function keepSame(before: unknown, now: unknown): unknown {
  if (same(before, now)) return before;
  if (typeof before !== 'object' || typeof now !== 'object' || before === null || now === null) return now;
  if (Array.isArray(now)) return Array.isArray(before) ? keepItems(before, now) : now;
  if (Array.isArray(before)) return now;
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.fromEntries(Object.entries(now).map(([name, value]) => [name, keepSame(old.get(name), value)]));
}

/** An object with an id is found again wherever it stands. */
function keepItems(before: readonly unknown[], now: readonly unknown[]): unknown[] {
  const byId = new Map(before.map((item) => [idOf(item), item]));
  return now.map((item, index) => keepSame(byId.get(idOf(item) ?? '') ?? before[index], item));
}

function idOf(item: unknown): string | null {
  return typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? item.id : null;
}
