// How each line of a chart is drawn.
import { seriesTones, toneColour, type ToneAsk } from './series-tone.ts';

export interface DrawnSeries {
  id: string;
  label: string;
  colour: string;
  dashed: boolean;
  filled: boolean;
  /** It stands on the lines before it. */
  stacked: boolean;
}

export function drawnSeries(series: readonly (ToneAsk & { id: string; label: string })[], stack: boolean): DrawnSeries[] {
  const tones = seriesTones(series);
  const solid = series.filter((each) => !each.dashed).length;
  return series.map(({ id, label, dashed = false }, index) => ({
    id,
    label,
    dashed,
    colour: toneColour(tones[index] ?? 'other'),
    stacked: stack,
    // Several areas over each other would mix their colours; on top of each other they do not.
    filled: stack || (!dashed && solid === 1),
  }));
}
