// Sums over clusters.
import { expect, test } from 'vitest';
import type { Figures } from '../../live/topic.ts';
import { sumOf } from './sum.ts';

const unknownTotals = { connections: null, packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null };
const figures = (active: number | null, bytesIn: Figures['perSecond']['bytesIn'], byteKind: Figures['byteKind']): Figures => ({
  active, inactive: null, persistent: null, totals: unknownTotals, windowMs: 1_000, measuredAtMs: 0, byteKind,
  perSecond: { ...unknownTotals, bytesIn },
});

test('only what is known is added', () => {
  const sum = sumOf([figures(2, 10, 'ipBytes'), figures(null, 'replyBypassesDirector', 'ipBytes'), figures(3, 5, null)]);
  expect(sum).toMatchObject({ active: 5, bytesInPerSecond: 15, connectionsPerSecond: null });
});

test('nothing known is not zero', () => expect(sumOf([]).active).toBeNull());

test('bytes of two kinds are never added', () => {
  expect(sumOf([figures(1, 10, 'ipBytes'), figures(1, 10, 'payloadBytes')])).toMatchObject({ active: 2, bytesInPerSecond: null });
});
