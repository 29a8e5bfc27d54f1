// How much of the past the charts show; in the address, so that a link shows the same.
export const ranges = { '5m': 5 * 60_000, '15m': 15 * 60_000 } as const;
export type Range = keyof typeof ranges;

export function rangeOf(text: string | null): Range {
  return text === '15m' ? '15m' : '5m';
}
