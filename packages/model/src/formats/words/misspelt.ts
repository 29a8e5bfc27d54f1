// Which known word somebody may have meant.

// Words that differ in more letters are other words.
const DIFFERENCES_MAX = 2;
const LONGEST = 32;

/** Levenshtein's distance, row by row. */
function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (before[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      now.push(Math.min(changed, (before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1));
    }
    before = now;
  }
  return before[b.length] ?? 0;
}

/** The nearest of the known words; null where none is near. */
export function meant(word: string, known: Iterable<string>): string | null {
  if (word.length > LONGEST || word.length < 3) return null;
  let nearest: string | null = null;
  let least = DIFFERENCES_MAX + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const differs = distance(word, candidate);
    if (differs < least && differs < candidate.length / 2) [nearest, least] = [candidate, differs];
  }
  return nearest;
}
