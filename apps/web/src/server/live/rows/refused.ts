// Whom the directors of a service turned away, in sum, or why nobody says. Pure.
import { RefusalReason } from '@weir/model';
import type { Refusals } from '@weir/model';
import type { Refused } from '../../../live/topic.ts';
import type { Report } from '../holders.ts';

export function refusedOf(reports: readonly Report[]): Refused {
  if (reports.length === 0) return null;
  const counted = reports.flatMap(({ service: { sample: { refused } } }) => refused ?? []);
  if (counted.length < reports.length) return 'forwarder';
  const reasons = RefusalReason.options
    .map((reason) => ({ reason, count: counted.reduce((sum, refused) => sum + refused[reason], 0n) }))
    .filter(({ count }) => count > 0n)
    .sort((a, b) => (a.count < b.count ? 1 : -1));
  return {
    total: String(counted.reduce((sum, refused) => sum + total(refused), 0n)),
    perSecond: reports.map(rateOf).reduce((sum, rate) => (sum === null || rate === null ? null : sum + rate), 0),
    reasons: reasons.map(({ reason, count }) => ({ reason, count: String(count) })),
  };
}

function total(refused: Refusals): bigint {
  return RefusalReason.options.reduce((sum, reason) => sum + refused[reason], 0n);
}

/** Null where two readings give none. */
function rateOf({ at, service, before }: Report): number | null {
  const [now, then] = [service.sample.refused, before?.service.sample.refused ?? null];
  if (now === null || then === null || before === null) return null;
  const windowMs = at.measuredAtMs - before.measuredAtMs;
  const more = total(now) - total(then);
  return windowMs <= 0 || more < 0n ? null : (Number(more) * 1_000) / windowMs;
}
