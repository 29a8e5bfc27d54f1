import type { ServiceStanding } from '@weir/protocol';
import { expect, it } from 'vitest';
import { Standings } from './standings.ts';

function standing(serviceId: string, realServers: number): ServiceStanding {
  return {
    clusterId: 'c', serviceId, state: { code: 'allUp', params: {}, sinceMs: 0 }, sorry: false,
    realServers: Array.from({ length: realServers }, (_, n) => (
      { realServerId: `rs-${n}`, standing: 'up', sinceMs: 0, isUp: true, isUsed: true, rule: { code: 'rose', params: {}, sinceMs: 0 } })),
  };
}

/** What is said, event after event, to one who was told nothing. */
function said(standings: Standings): string[][] {
  const events: string[][] = [];
  for (let version = 0; version < standings.version;) {
    const next = standings.after(version, 3);
    expect(next.version).toBeGreaterThan(version);
    events.push(next.services.map(({ serviceId }) => serviceId));
    version = next.version;
  }
  return events;
}

it('is said in parts: so many services, and no more real servers than one of them may have', () => {
  const standings = new Standings();
  for (const [n, realServers] of [1, 1, 1, 9_000, 10_000, 6_000, 4_000, 1].entries()) standings.put(standing(`s${n}`, realServers));
  expect(said(standings)).toEqual([['s0', 's1', 's2'], ['s3'], ['s4'], ['s5', 's6'], ['s7']]);
});
