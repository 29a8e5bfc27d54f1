// Which colour a series is drawn in: one hue per metric, its two depths for in and out.

export type SeriesTone = 's1' | 's1b' | 's2' | 's2b' | 's3' | 's3b' | 'other';

export interface ToneAsk {
  dashed?: boolean | undefined;
  tone?: SeriesTone | undefined;
}

// Neighbours in this order differ most, also for colour-blind eyes.
const ORDER: readonly SeriesTone[] = ['s1', 's2b', 's3', 's2', 's3b'];

const PAIR: Record<SeriesTone, SeriesTone> = {
  s1: 's1b', s1b: 's1', s2: 's2b', s2b: 's2', s3: 's3b', s3b: 's3', other: 'other',
};

/** A dashed series takes the other depth of the solid one before it; what exceeds the palette is "other". */
export function seriesTones(series: readonly ToneAsk[]): SeriesTone[] {
  const taken: SeriesTone[] = [];
  series.forEach(({ dashed, tone }, index) => {
    const before = taken[index - 1];
    const paired = dashed && before && !series[index - 1]?.dashed && !taken.includes(PAIR[before]) ? PAIR[before] : undefined;
    taken.push(tone ?? paired ?? ORDER.find((each) => !taken.includes(each)) ?? 'other');
  });
  return taken;
}

export function toneColour(tone: SeriesTone): string {
  return tone === 'other' ? 'var(--line-strong)' : `var(--${tone})`;
}
