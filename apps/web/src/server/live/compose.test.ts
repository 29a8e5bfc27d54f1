// One second of a topic: who is counted, what is shown of the silent, and what nobody knows.
import type { Sample } from '@weir/model';
import { describe, expect, it } from 'vitest';
import { clusterTopic, LiveTick, serviceTopic } from '../../live/topic.ts';
import type { KnownRevision } from '../clusters/standings.ts';
import { webCluster } from '../testing/directors.ts';
import { composeTick } from './compose.ts';
import type { DirectorNow, Moment } from './compose.ts';
import { hold } from './ring.ts';

const definition = webCluster({ name: 'web', directorIds: ['a', 'b'], vip: '127.1.1.1', realServers: [{ address: '127.1.1.2', port: 80, weight: 3 }, { address: '127.1.1.3', port: 80 }] });
const revision: KnownRevision = { clusterId: 'c', name: 'web', number: 1, author: 'Ann', authorId: 'ann', reason: '', basedOn: null, createdAt: new Date(0), approval: { state: 'saved' }, definition };

function sample(measuredAtMs: number, connections: bigint, weight = 3): Sample {
  const counters = { connections, packetsIn: 'userSpace', packetsOut: 'userSpace', bytesIn: 10n * connections, bytesOut: 0n } as const;
  return {
    measuredAtMs,
    services: [{
      key: 'tcp 127.1.1.1:8080', counters, refused: null,
      realServers: ['127.1.1.2:80', '127.1.1.3:80'].map((key) => ({ key, weight, connections: { active: 1, inactive: 0, persistent: null }, counters })),
    }],
  };
}

const held = (...args: Parameters<typeof sample>) => hold(sample(...args), { bootId: 'boot', byteKind: 'payloadBytes', receivedAtMs: args[0] });

const director = (directorId: string, change: Partial<DirectorNow> = {}): DirectorNow => (
  { directorId, name: directorId.toUpperCase(), live: true, lastSeenAtMs: 5_000, sample: held(5_000, 20n), before: held(4_000, 10n), ...change });

const moment = (...directors: DirectorNow[]): Moment => (
  { atMs: 5_200, wanted: [revision], directors: new Map(directors.map((one) => [one.directorId, one])) });

describe('a tick', () => {
  it('of a cluster sums what its live directors say', () => {
    const tick = composeTick(clusterTopic('c'), moment(director('a'), director('b')));
    expect(LiveTick.parse(tick)).toEqual(tick);
    expect(tick).toMatchObject({
      directors: [{ directorId: 'a', name: 'A', state: 'live' }, { directorId: 'b' }],
      services: [{
        serviceId: 'web', key: 'tcp 127.1.1.1:8080', holderId: 'a', directors: ['a', 'b'], realServerCount: 2,
        figures: { active: 4, totals: { connections: '40', bytesIn: '400' }, perSecond: { connections: 20 }, windowMs: 1_000 },
        realServers: [{ key: '127.1.1.2:80', weight: 3, definedWeight: 3, figures: { active: 2 } }, { key: '127.1.1.3:80', weight: 3, definedWeight: 1 }],
      }],
    });
  });

  it('leaves a silent director out while another is live', () => {
    const tick = composeTick(clusterTopic('c'), moment(director('a'), director('b', { live: false })));
    expect(tick?.services[0]).toMatchObject({ directors: ['a'], figures: { totals: { connections: '20' } } });
    expect(tick?.directors.map(({ state }) => state)).toEqual(['live', 'silent']);
  });

  it('keeps the last figures of directors that are all silent, with their time', () => {
    const silent = director('a', { live: false, lastSeenAtMs: 1_100, sample: held(1_000, 7n), before: null });
    const tick = composeTick(serviceTopic('c', 'web'), moment(silent));
    expect(tick).toMatchObject({
      directors: [{ directorId: 'a', state: 'silent', lastSeenAtMs: 1_100, measuredAtMs: 1_000 }],
      services: [{ directors: ['a'], figures: { measuredAtMs: 1_000, totals: { connections: '7' }, perSecond: { connections: null } } }],
    });
  });

  it('says nothing of what no director forwards', () => {
    const tick = composeTick(clusterTopic('c'), moment(director('a', { sample: null, before: null })));
    expect(tick?.services[0]).toMatchObject({ directors: [], figures: { active: null, byteKind: null, measuredAtMs: null } });
    expect(composeTick('overview', moment(director('a', { sample: null, before: null })))?.clusters).toMatchObject([{ directors: [], figures: { active: null } }]);
  });

  it('has no weight where directors differ', () => {
    const tick = composeTick(clusterTopic('c'), moment(director('a'), director('b', { sample: held(5_000, 20n, 1) })));
    expect(tick?.services[0]?.realServers[0]?.weight).toBeNull();
  });

  it('of the overview has each cluster and no services', () => {
    expect(composeTick('overview', moment(director('a')))).toMatchObject({
      clusters: [{ clusterId: 'c', name: 'web', directors: ['a'], figures: { active: 2, totals: { connections: '20' } } }], services: [],
    });
  });

  it('of a cluster with very many real servers leaves them to the services', () => {
    const realServers = Array.from({ length: 1_001 }, (_, index) => ({ address: `127.2.${Math.floor(index / 250)}.${index % 250}`, port: 80 }));
    const large = { ...moment(director('a')), wanted: [{ ...revision, definition: webCluster({ directorIds: ['a'], vip: '127.1.1.1', realServers }) }] };
    expect(composeTick(clusterTopic('c'), large)?.services[0]).toMatchObject({ realServerCount: 1_001, realServers: [] });
    expect(composeTick(serviceTopic('c', 'web'), large)?.services[0]?.realServers).toHaveLength(1_001);
  });

  it('is none of what there is not', () => {
    expect(composeTick(clusterTopic('other'), moment(director('a')))).toBeNull();
    expect(composeTick(serviceTopic('c', 'other'), moment(director('a')))).toBeNull();
  });
});
