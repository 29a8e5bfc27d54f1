// Which intervals there were already: a clock that is set back lives a time again, and no interval is made twice.

/** From the beginning of the first interval to the end of the last, with none missing between. */
export interface Lived {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A clock is not set back so often; should it be, spans next to each other are taken for one. */
export const LIVED_MAX = 32;

export class LivedTime {
  #spans: readonly Lived[];

  constructor(spans: readonly Lived[]) {
    this.#spans = spans;
  }

  get spans(): readonly Lived[] {
    return this.#spans;
  }

  has(atMs: number): boolean {
    return this.#spans.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  }

  /** The first time from there on that is not among them. */
  freeFrom(atMs: number): number {
    return this.#spans.reduce((free, { fromMs, toMs }) => (fromMs <= free && free < toMs ? toMs : free), atMs);
  }

  add(added: Lived): void {
    const sorted = [...this.#spans, added].sort((a, b) => a.fromMs - b.fromMs);
    let joined: Lived[] = [];
    for (const span of sorted) joined = joinedWith(joined, span, 0);
    this.#spans = joined.length > LIVED_MAX ? withClosestJoined(joined) : joined;
  }
}

/** Spans that are not further apart than this become one. */
function joinedWith(spans: readonly Lived[], span: Lived, apartMs: number): Lived[] {
  const last = spans.at(-1);
  if (last === undefined || span.fromMs - last.toMs > apartMs) return [...spans, span];
  return [...spans.slice(0, -1), { fromMs: last.fromMs, toMs: Math.max(last.toMs, span.toMs) }];
}

function withClosestJoined(spans: readonly Lived[]): readonly Lived[] {
  const closestMs = Math.min(...spans.slice(1).map(({ fromMs }, at) => fromMs - (spans[at]?.toMs ?? fromMs)));
  let joined: Lived[] = [];
  for (const span of spans) joined = joinedWith(joined, span, closestMs);
  return joined;
}
