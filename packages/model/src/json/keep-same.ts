// Plain data that shares with an older version of it whatever did not change: many versions then take little memory, and parts compare by identity.

/** Equal to `now`; every part of it that equals its counterpart in `before` is that very object. */
export function keepSame<T>(before: unknown, now: T): T;
export function keepSame(before: unknown, now: unknown): unknown {
  if (Object.is(before, now) || typeof before !== 'object' || typeof now !== 'object' || before === null || now === null) return now;
  if (Array.isArray(now)) {
    if (!Array.isArray(before)) return now;
    const byId = new Map<unknown, unknown>(before.map((item: unknown) => [idOf(item), item]));
    const items = now.map((item: unknown, index) => keepSame(byId.get(idOf(item) ?? '') ?? before[index], item));
    return items.length === before.length && items.every((item, index) => Object.is(item, before[index])) ? before : items;
  }
  if (Array.isArray(before)) return now;
  const old = new Map<string, unknown>(Object.entries(before));
  const fields = Object.entries(now).map(([name, value]): [string, unknown] => [name, keepSame(old.get(name), value)]);
  const unchanged = fields.length === old.size && fields.every(([name, value]) => old.has(name) && Object.is(value, old.get(name)));
  return unchanged ? before : Object.fromEntries(fields);
}

/** Of an object in a list: it is found again by it wherever it stands. */
function idOf(item: unknown): string | null {
  return typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? item.id : null;
}
