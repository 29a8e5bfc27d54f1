// A line of a configuration with the place that it comes from: what is put in by definitions keeps its own.
import type { Place } from '../../report.ts';

export interface Said {
  readonly text: string;
  readonly at: Place;
}

/** Cuts off a comment: from `#` or `!` on, outside of quotes, unless a backslash stands before it. */
export function withoutComment(text: string): string {
  if (!text.includes('#') && !text.includes('!')) return text;
  let quote = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '\\') index += 1;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || (character === "'" && text.includes("'", index + 1))) quote = character;
    else if (character === '#' || character === '!') return text.slice(0, index);
  }
  return text;
}
