// What a person asks of the palette: a verb and what it shall be done to, or what they look for. Pure.

export const verbs = ['drain', 'weight', 'edit', 'apply'] as const;
export type Verb = (typeof verbs)[number];

/** By what each verb is called; the longest that fits is meant. */
export type VerbWords = Readonly<Record<Verb, readonly string[]>>;

export interface Ask {
  /** Null: only looked for. */
  readonly verb: Verb | null;
  /** What is looked for. */
  readonly text: string;
}

const wordCharacter = /^[\p{Script=Latin}\p{N}]/u;

export function askOf(typed: string, words: VerbWords): Ask {
  const text = typed.trim();
  const small = text.toLowerCase();
  const called = verbs.flatMap((verb) => words[verb].map((word) => ({ verb, word: word.toLowerCase() })))
    .filter(({ word }) => small.startsWith(word) && !goesOn(word, small))
    .toSorted((a, b) => b.word.length - a.word.length)[0];
  return called === undefined ? { verb: null, text } : { verb: called.verb, text: text.slice(called.word.length).trim() };
}

/** "editor" does not ask to edit; a language without spaces has no such end. */
function goesOn(word: string, small: string): boolean {
  return wordCharacter.test(word.slice(-1)) && wordCharacter.test(small.slice(word.length));
}

/** Every word typed is in what it is called. */
export function isCalled(typed: string, ...names: readonly string[]): boolean {
  const name = names.join('\n').toLowerCase();
  return typed.toLowerCase().split(/\s+/).every((word) => name.includes(word));
}

interface Paged<Page> {
  readonly page: Page;
  readonly text: string;
}

/** One word is what a page is called, or how that begins; the others are whose page it is. */
export function pagedOf<Page>(text: string, pages: readonly { readonly page: Page; readonly names: readonly string[] }[]): Paged<Page> | null {
  const words = text.toLowerCase().split(/\s+/);
  if (words.length < 2) return null;
  for (const word of words) {
    const found = pages.find(({ names }) => names.some((name) => name.toLowerCase().startsWith(word)));
    if (found !== undefined) return { page: found.page, text: words.filter((each) => each !== word).join(' ') };
  }
  return null;
}
