// Equality of plain data (what JSON can hold).

type Plain = Readonly<Record<string, unknown>>;

function sameFields(a: Plain, b: Plain): boolean {
  return Object.keys(a).every((name) => (Object.hasOwn(b, name) ? same(a[name], b[name]) : a[name] === undefined))
    && Object.keys(b).every((name) => Object.hasOwn(a, name) || b[name] === undefined);
}

/** Equal exactly when the canonical texts are: neither the order of fields nor an undefined one matters. Compares without writing them. */
export function same(a: unknown, b: unknown): boolean {
  // What is half typed may hold a number that is none: it is the same as itself.
  if (a === b || Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  return !Array.isArray(b) && sameFields(a as Plain, b as Plain);
}
