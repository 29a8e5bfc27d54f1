// Which lines fit what a person typed. Pure.
import type { ServiceLine } from '../../../live/service-line.ts';

/** What else a line is known by: its cluster, its directors, its state in words. */
export type OtherWords = (line: ServiceLine) => readonly string[];

/** Every word must be in it somewhere, in any order. */
export function fitting(lines: readonly ServiceLine[], filter: string, otherWords: OtherWords): readonly ServiceLine[] {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return lines;
  return lines.filter((line) => {
    const text = [line.name, line.key, ...otherWords(line)].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
