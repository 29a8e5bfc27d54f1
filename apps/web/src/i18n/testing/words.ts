// The texts of the pages for tests that look for them: what a page says, or a pattern of it where a part is not known beforehand.
import { createTranslator } from 'use-intl/core';
import type { Locale } from '../locale.ts';
import { messagesOf, type Messages } from '../messages.ts';

type Keys<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Keys<T[K]>}` }[keyof T & string];
export type MessageKey = Keys<Messages>;

type Values = Readonly<Record<string, string | number | RegExp>>;

export interface Words {
  /** What the page says there. */
  readonly t: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;
  /** The same with patterns in place of what is not known. */
  readonly pattern: (key: MessageKey, values: Values) => RegExp;
  /** For a count that is not known, of up to 200. */
  readonly anyCount: (key: MessageKey) => RegExp;
}

export function wordsOf(locale: Locale): Words {
  const translate = createTranslator({ locale, messages: messagesOf(locale), timeZone: 'UTC', onError: (error) => { throw error; } });
  const t: Words['t'] = (key, values = {}) => translate(key as 'shell.product', values as never);
  const pattern: Words['pattern'] = (key, values) => {
    const patterns = Object.values(values).filter((value) => value instanceof RegExp);
    const marked = Object.entries(values).map(([name, value]) => [name, value instanceof RegExp ? markOf(patterns.indexOf(value)) : value]);
    const text = escaped(t(key, Object.fromEntries(marked) as Record<string, string | number>));
    return new RegExp(patterns.reduce((whole, { source }, index) => whole.replaceAll(markOf(index), () => `(?:${source})`), text));
  };
  const counts = Array.from({ length: 201 }, (_, count) => count);
  return { t, pattern, anyCount: (key) => new RegExp(`^(?:${counts.map((count) => escaped(t(key, { count }))).join('|')})$`) };
}

// Private-use characters stand for patterns while a message is put together.
function markOf(index: number): string {
  return String.fromCodePoint(0xe000 + index);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
