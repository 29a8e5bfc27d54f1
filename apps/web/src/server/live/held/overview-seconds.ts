// The last seconds of the overview that somebody followed, as the past has them: to compose each of a large installation's anew would take too long.
import { tracesOf } from '../../../live/service-line.ts';
import type { LiveTick } from '../../../live/topic.ts';

/** Ticks come once a second, give or take. */
const apartMs = 500;

export class OverviewSeconds {
  readonly #keepMs: number;
  #ticks: LiveTick[] = [];

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  add({ lines, ...tick }: LiveTick): void {
    // What is of a time to come was before the panel's clock was set back.
    const before = this.#ticks.filter(({ atMs }) => atMs <= tick.atMs);
    const last = before.at(-1);
    if (last !== undefined && tick.atMs - last.atMs < apartMs) return;
    this.#ticks = [...before.filter(({ atMs }) => tick.atMs - atMs < this.#keepMs), { ...tick, traces: tracesOf(lines?.shown ?? []) }];
  }

  /** These, oldest first, and between them what is known of the seconds that they leave out. */
  between(ticks: readonly LiveTick[]): LiveTick[] {
    const [first, last] = [ticks[0], ticks.at(-1)];
    if (first === undefined || last === undefined) return [...ticks];
    const others = this.#ticks.filter(({ atMs }) => atMs > first.atMs && atMs < last.atMs && !ticks.some((tick) => Math.abs(tick.atMs - atMs) < apartMs));
    return [...ticks, ...others].toSorted((a, b) => a.atMs - b.atMs);
  }
}
