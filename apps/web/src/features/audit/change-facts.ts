// What an entry of the audit log changed, as facts: each place of the record that differs, with what stood there before and stands there after. Pure.
import { durationText } from '@weir/ui';

export interface ChangeFact {
  /** From the outside in: names of fields, and what list items are called. */
  readonly place: readonly string[];
  readonly before: string | null;
  readonly after: string | null;
}

export const none = '—';

/** A digest or the hash of a key: nobody reads 64 digits, and what was written down has them. */
export function isLong(text: string | null): boolean {
  return text !== null && /^[0-9a-f]{64}$/.test(text);
}

type Leaves = ReadonlyMap<string, { readonly place: readonly string[]; readonly text: string }>;

export function changeFacts(before: unknown, after: unknown, locale = 'en'): ChangeFact[] {
  const [one, other] = [leavesOf(before, locale), leavesOf(after, locale)];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((key) => {
    const place = (one.get(key) ?? other.get(key))?.place ?? [];
    const fact = { place, before: one.get(key)?.text ?? null, after: other.get(key)?.text ?? null };
    // What is empty and was not there before is nothing to tell.
    return fact.before === fact.after || (fact.before ?? fact.after) === none && (fact.before === null || fact.after === null) ? [] : [fact];
  });
}

/** Every value that is no record, under the way to it. */
function leavesOf(value: unknown, locale: string): Leaves {
  const leaves = new Map<string, { place: readonly string[]; text: string }>();
  const walk = (each: unknown, place: readonly string[]): void => {
    const inner = innerOf(each);
    if (inner === null) leaves.set(JSON.stringify(place), { place, text: textOf(each, place.at(-1) ?? '', locale) });
    else for (const [name, part] of inner) walk(part, [...place, name]);
  };
  if (value !== null && value !== undefined) walk(value, []);
  return leaves;
}

/** The parts of a record, or of a list of records; null for what is told as one value. */
function innerOf(value: unknown): readonly (readonly [string, unknown])[] | null {
  if (Array.isArray(value)) return value.length > 0 && value.every(isRecord) && !value.every(isName) ? value.map((item, index) => [calledIn(item, index), item]) : null;
  return isRecord(value) ? Object.entries(value).filter(([name, part]) => !isKey(name) && (!callers.includes(name) || isRecord(part))) : null;
}

/** What the panel alone knows something by: no fact for people. */
function isKey(name: string): boolean {
  return /^id$|Ids?$/.test(name);
}

/** Whether more was written down than the facts tell. */
export function hasKeys(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasKeys);
  return isRecord(value) && Object.entries(value).some(([name, part]) => isKey(name) || hasKeys(part));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// What an item of a list is called by; not said a second time within it.
const callers: readonly string[] = ['director', 'service', 'realServer'];

function calledIn(item: Readonly<Record<string, unknown>>, index: number): string {
  return callers.flatMap((name) => (typeof item[name] === 'string' ? [item[name]] : [])).join(' ') || String(index + 1);
}

/** With nothing to tell but what it is called. */
function isName(item: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(item).every((name) => callers.includes(name) || isKey(name));
}

function textOf(value: unknown, name: string, locale: string): string {
  if (value === null || value === '') return none;
  if (typeof value === 'number' && name.endsWith('AtMs')) return new Date(value).toISOString();
  if (typeof value === 'number' && name.endsWith('Ms')) return durationText(value, locale);
  if (Array.isArray(value)) return value.length === 0 ? none : value.map((item, index) => (isRecord(item) ? calledIn(item, index) : textOf(item, name, locale))).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
