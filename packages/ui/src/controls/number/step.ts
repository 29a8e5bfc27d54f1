// What an arrow key makes of a typed number.

/** The text after one step, within the limits; null if the text is no whole number. Empty counts from the lower limit. */
export function stepped(text: string, by: number, min = -Infinity, max = Infinity): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return String(Math.min(max, Math.max(min, 0)));
  if (!/^-?\d{1,15}$/.test(trimmed)) return null;
  return String(Math.min(max, Math.max(min, Number(trimmed) + by)));
}
