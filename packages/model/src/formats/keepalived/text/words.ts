// The words and braces of a line.

export interface LineWords {
  /** Braces stand as words of their own. */
  readonly words: readonly string[];
  /** Which of the words were in quotes: a brace there is text. */
  readonly quoted: ReadonlySet<number>;
  /** A brace stands at a word without a blank between them. */
  readonly glued: boolean;
}

const nothing: ReadonlySet<number> = new Set();

/** A parameter that nobody defined stays a word, braces and all. */
const part = /"((?:\\.|[^"\\])*)"?|'([^']*)'|\$\{[^{}]*\}|[{}]|\\.|[^\s{}"'$\\]+|[$'\\]/g;

export function wordsOf(text: string): LineWords {
  if (!/["'\\$]|[^\s][{}]|[{}][^\s]/.test(text)) return { words: text.split(/\s+/), quoted: nothing, glued: false };
  const words: string[] = [];
  const quoted = new Set<number>();
  let [end, glued] = [-1, false];
  let open = false;
  for (const match of text.matchAll(part)) {
    const [all, double, single] = match;
    const touches = match.index === end;
    end = match.index + all.length;
    const brace = all === '{' || all === '}';
    if (brace) {
      glued ||= touches;
      words.push(all);
    } else {
      glued ||= touches && !open;
      const said = double?.replaceAll(/\\(.)/g, '$1') ?? single ?? (all.startsWith('\\') ? all.slice(1) : all);
      if (touches && open) words[words.length - 1] += said;
      else words.push(said);
      if (double !== undefined || single !== undefined) quoted.add(words.length - 1);
    }
    open = !brace;
  }
  return { words, quoted, glued };
}
