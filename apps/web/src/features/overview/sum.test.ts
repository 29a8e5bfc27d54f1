// Sums over clusters.
import { expect, test } from 'vitest';
import type { Carried } from '../../live/service-line.ts';
import type { LiveCluster, LiveTick } from '../../live/topic.ts';
import { sumOf, sumOfTick } from './sum.ts';

const carried = (active: number | null, bytesIn: Carried['perSecond']['bytesIn'], byteKind: Carried['byteKind']): Carried => (
  { active, byteKind, perSecond: { connections: null, bytesIn, bytesOut: null } });

test('only what is known is added', () => {
  const sum = sumOf([carried(2, 10, 'ipBytes'), carried(null, 'replyBypassesDirector', 'ipBytes'), carried(3, 5, null)]);
  expect(sum).toMatchObject({ active: 5, bytesInPerSecond: 15, connectionsPerSecond: null });
});

test('nothing known is not zero', () => expect(sumOf([]).active).toBeNull());

test('bytes of two kinds are never added', () => {
  expect(sumOf([carried(1, 10, 'ipBytes'), carried(1, 10, 'payloadBytes')])).toMatchObject({ active: 2, bytesInPerSecond: null });
});

const cluster = (directorId: string, active: number): LiveCluster => (
  { clusterId: directorId, name: directorId, directors: [directorId], carried: carried(active, null, null), services: 1, takingNone: 0, someDown: 0, belowQuorum: 0 });
const tick = (...states: readonly ('live' | 'silent')[]): LiveTick => ({
  topic: 'overview', atMs: 0, services: [],
  directors: states.map((state, index) => ({ directorId: `d${index}`, name: `lvs-${index}`, state, lastSeenAtMs: 0, measuredAtMs: 0, checker: null })),
  clusters: states.map((_, index) => cluster(`d${index}`, 10 ** index)),
});

test('the last words of a silent director are not added to what is live, and are all there is when none is', () => {
  expect(sumOfTick(tick('live', 'silent', 'live')).active).toBe(101);
  expect(sumOfTick(tick('silent', 'silent')).active).toBe(11);
});
