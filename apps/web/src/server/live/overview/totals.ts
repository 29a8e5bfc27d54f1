// What all services carry in sum, and what is not in it. Pure.
import type { ServiceLine } from '../../../live/service-line.ts';
import type { Total, TotalName, Totals } from '../../../live/totals.ts';

const nothing: Total = { sum: null, unknown: 0, unseen: 0 };

function plus({ sum, unknown, unseen }: Total, value: number | string | null): Total {
  if (value === null) return { sum, unknown: unknown + 1, unseen };
  if (typeof value === 'string') return { sum, unknown, unseen: unseen + 1 };
  return { sum: (sum ?? 0) + value, unknown, unseen };
}

function withoutSum({ unknown, unseen }: Total): Total {
  return { sum: null, unknown, unseen };
}

/** Services, added one after the other. */
export class TotalsSum {
  readonly #totals: Record<TotalName, Total> = { active: nothing, connectionsPerSecond: nothing, bytesInPerSecond: nothing, bytesOutPerSecond: nothing };
  readonly #byteKinds = new Set<string>();

  add({ active, perSecond: { connections, bytesIn, bytesOut }, byteKind }: ServiceLine['carried']): void {
    const totals = this.#totals;
    totals.active = plus(totals.active, active);
    totals.connectionsPerSecond = plus(totals.connectionsPerSecond, connections);
    totals.bytesInPerSecond = plus(totals.bytesInPerSecond, bytesIn);
    totals.bytesOutPerSecond = plus(totals.bytesOutPerSecond, bytesOut);
    // Of a service whose own directors differ its bytes are no sum either.
    this.#byteKinds.add(byteKind ?? 'several');
  }

  totals(): Totals {
    const twoByteKinds = this.#byteKinds.size > 1 || this.#byteKinds.has('several');
    const { bytesInPerSecond, bytesOutPerSecond, ...others } = this.#totals;
    if (!twoByteKinds) return { ...others, bytesInPerSecond, bytesOutPerSecond, twoByteKinds };
    return { ...others, bytesInPerSecond: withoutSum(bytesInPerSecond), bytesOutPerSecond: withoutSum(bytesOutPerSecond), twoByteKinds };
  }
}
