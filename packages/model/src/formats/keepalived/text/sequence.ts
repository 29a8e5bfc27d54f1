// `~SEQ(…)` and `~LST(…)`: the rest of a line again and again, with other values each time.
import { LINES_MAX } from '../../bounds.ts';

export interface Sequence {
  readonly variables: readonly string[];
  readonly count: number;
  /** The values of the variables in the round with this number. */
  readonly valuesAt: (round: number) => readonly string[];
  readonly rest: string;
}

const NAME = /^[A-Za-z_]\w*$/;

/** What stands in the first parentheses, and what follows them. */
export function inParentheses(text: string): { readonly inside: string; readonly rest: string } | null {
  const [from, to] = [text.indexOf('('), text.indexOf(')')];
  return from === -1 || to < from ? null : { inside: text.slice(from + 1, to), rest: text.slice(to + 1).trim() };
}

function numberOf(text: string): number | null {
  const match = /^([+-]?)(0x[0-9a-f]{1,8}|\d{1,10})$/i.exec(text);
  return match === null ? null : Number(match[2]) * (match[1] === '-' ? -1 : 1);
}

function counted(inside: string, rest: string, radix: 10 | 16): Sequence | null {
  const [name = '', ...words] = inside.split(',').map((word) => word.trim());
  const numbers = words.map(numberOf);
  if (!NAME.test(name) || numbers.length < 1 || numbers.length > 3 || numbers.includes(null)) return null;
  const end = numbers.at(-1) ?? 0;
  const start = numbers.length === 1 ? Math.sign(end) : numbers[0] ?? 0;
  const step = numbers.length === 3 ? numbers[1] ?? 0 : end < start ? -1 : 1;
  if (step === 0) return null;
  const count = Math.max(0, Math.floor((end - start) / step) + 1);
  return { variables: [name], count, valuesAt: (round) => [(start + round * step).toString(radix)], rest };
}

/** `a, b` and `{a, b}, {c, d}`: each group is one item. */
function itemsOf(text: string): string[][] | null {
  const items = text.match(/\{[^{}]*\}|[^,{}]+/g)?.map((item) => item.trim()).filter((item) => item !== '') ?? [];
  if (text.replaceAll(/\{[^{}]*\}/g, '').match(/[{}]/) !== null) return null;
  return items.map((item) => (item.startsWith('{') ? item.slice(1, -1).split(',').map((word) => word.trim()) : [item]));
}

function listed(inside: string, rest: string): Sequence | null {
  const [variables, ...rounds] = itemsOf(inside) ?? [];
  if (variables === undefined || rounds.length === 0) return null;
  if (!variables.every((name) => NAME.test(name)) || rounds.some((values) => values.length !== variables.length)) return null;
  return { variables, count: rounds.length, valuesAt: (round) => rounds[round] ?? [], rest };
}

/** Null where it is not written as one. */
export function sequenceOf(text: string): Sequence | null {
  const found = inParentheses(text);
  const kind = /^~(SEQx?|LST)\s*\(/.exec(text)?.[1];
  if (found === null || kind === undefined) return null;
  return kind === 'LST' ? listed(found.inside, found.rest) : counted(found.inside, found.rest, kind === 'SEQx' ? 16 : 10);
}

export function isTooLong({ count }: Sequence): boolean {
  return count > LINES_MAX;
}
