// The piece of a chart that is being chosen.
import type { TimeWindow } from '../axis/time-ticks.ts';
import { plotBottomPx, plotLeftPx, plotRightPx, plotTopPx } from './plot-area.ts';

export function Selection({ selection, window }: { selection: TimeWindow; window: TimeWindow }) {
  const span = window.toMs - window.fromMs;
  const percent = (ms: number) => `${(100 * ms) / span}%`;
  return (
    <div
      className="pointer-events-none absolute"
      style={{ left: plotLeftPx, right: plotRightPx, top: plotTopPx, bottom: plotBottomPx }}
      aria-hidden="true"
    >
      <div
        className="absolute inset-y-0 border-x border-line-strong bg-text/10"
        style={{ left: percent(selection.fromMs - window.fromMs), width: percent(selection.toMs - selection.fromMs) }}
      />
    </div>
  );
}
