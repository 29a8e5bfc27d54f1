// Which of the files that were handed in an `include` means.

// Of a pattern with braces.
const ALTERNATIVES_MAX = 100;

/** `*` and `?`, in time that grows with both lengths only. */
function matches(pattern: string, text: string): boolean {
  let [p, t, star, retry] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') [star, retry, p] = [p, t, p + 1];
    else if (pattern[p] === '?' || pattern[p] === text[t]) [p, t] = [p + 1, t + 1];
    else if (star === -1) return false;
    else [p, retry, t] = [star + 1, retry + 1, retry + 1];
  }
  return /^\**$/.test(pattern.slice(p));
}

/** `{a,b}.conf` is two patterns. */
function alternatives(pattern: string): string[] {
  const done: string[] = [];
  const left = [pattern];
  while (left.length > 0 && done.length + left.length <= ALTERNATIVES_MAX) {
    const next = left.pop() ?? '';
    const braces = /\{([^{}]*)\}/.exec(next);
    if (braces === null) done.push(next);
    else for (const word of (braces[1] ?? '').split(',')) left.push(next.slice(0, braces.index) + word + next.slice(braces.index + braces[0].length));
  }
  return done;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}

/** Compared from the end: a file from a browser often comes without its folders. */
function means(pattern: string, name: string): boolean {
  const [wanted, given] = [segmentsOf(pattern).toReversed(), segmentsOf(name).toReversed()];
  return wanted.length > 0 && given.length > 0
    && given.every((segment, index) => wanted[index] === undefined || wanted[index] === '..' || matches(wanted[index], segment));
}

export function isPattern(path: string): boolean {
  return /[*?{]/.test(path);
}

/** Indexes of the files, in the order of their names. */
export function filesMeant(path: string, names: readonly string[]): number[] {
  const patterns = alternatives(path);
  return names.map((name, index) => ({ name, index }))
    .filter(({ name }) => patterns.some((pattern) => means(pattern, name)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ index }) => index);
}
