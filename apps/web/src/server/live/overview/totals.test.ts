// Sums over services, and what is not in them.
import { expect, test } from 'vitest';
import type { Carried } from '../../../live/service-line.ts';
import { Totals } from '../../../live/totals.ts';
import { TotalsSum } from './totals.ts';

const carried = (active: number | null, bytesIn: number | null, bytesOut: Carried['perSecond']['bytesOut'], byteKind: Carried['byteKind'] = 'ipBytes'): Carried => (
  { active, byteKind, perSecond: { connections: 1, bytesIn, bytesOut } });

function totalsOf(...all: readonly Carried[]): Totals {
  const sum = new TotalsSum();
  for (const each of all) sum.add(each);
  return Totals.parse(sum.totals());
}

test('what the directors cannot see is in no sum, and is counted', () => {
  expect(totalsOf(carried(2, 10, 20), carried(1, 5, 'replyBypassesDirector'))).toMatchObject({
    active: { sum: 3, unknown: 0, unseen: 0 }, bytesInPerSecond: { sum: 15, unseen: 0 }, bytesOutPerSecond: { sum: 20, unknown: 0, unseen: 1 },
  });
  expect(totalsOf(carried(1, 5, 'replyBypassesDirector')).bytesOutPerSecond).toEqual({ sum: null, unknown: 0, unseen: 1 });
});

test('what is not known now is not taken for nothing', () => {
  expect(totalsOf(carried(2, 10, 20), carried(1, null, null))).toMatchObject({ bytesInPerSecond: { sum: 10, unknown: 1 }, bytesOutPerSecond: { sum: 20, unknown: 1 } });
  expect(totalsOf().active).toEqual({ sum: null, unknown: 0, unseen: 0 });
});

test('bytes of two kinds have no sum, also where two directors of one service count them', () => {
  expect(totalsOf(carried(1, 10, 20), carried(1, 10, 20, 'payloadBytes'))).toMatchObject({ twoByteKinds: true, active: { sum: 2 }, bytesInPerSecond: { sum: null }, bytesOutPerSecond: { sum: null } });
  expect(totalsOf(carried(1, 10, 20), carried(1, null, null, null))).toMatchObject({ twoByteKinds: true, bytesInPerSecond: { sum: null } });
});
