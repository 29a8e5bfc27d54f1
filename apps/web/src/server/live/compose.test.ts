// One second of a topic: who is counted, what is shown of the silent, and what nobody knows.
import { noRefusals } from '@weir/model';
import type { Refusals, Sample } from '@weir/model';
import { describe, expect, it } from 'vitest';
import { clusterTopic, directorTopic, LiveTick, serviceTopic } from '../../live/topic.ts';
import type { KnownRevision } from '../clusters/standings.ts';
import { webCluster } from '../testing/directors.ts';
import { packed } from '../testing/agents/packed.ts';
import { composeTick } from './compose.ts';
import type { DirectorNow } from './holders.ts';
import type { Moment } from './moment.ts';
import { hold } from './held/ring.ts';

const definition = webCluster({ name: 'web', directorIds: ['a', 'b'], vip: '127.1.1.1', realServers: [{ address: '127.1.1.2', port: 80, weight: 3 }, { address: '127.1.1.3', port: 80 }] });
const revision: KnownRevision = { clusterId: 'c', name: 'web', number: 1, author: 'Ann', authorId: 'ann', reason: '', basedOn: null, createdAt: new Date(0), approval: { state: 'saved' }, definition };

const keys = ['127.1.1.2:80', '127.1.1.3:80'];

function sample(measuredAtMs: number, connections: bigint, weight = 3, change: { readonly refused?: Refusals; readonly keys?: readonly string[] } = {}): Sample {
  const counters = { connections, packetsIn: 'userSpace', packetsOut: 'userSpace', bytesIn: 10n * connections, bytesOut: 0n } as const;
  return {
    measuredAtMs,
    services: [{
      key: 'tcp 127.1.1.1:8080', counters, refused: change.refused ?? null,
      realServers: (change.keys ?? keys).map((key) => ({ key, weight, connections: { active: 1, inactive: 0, persistent: null }, counters })),
    }],
  };
}

const held = (...args: Parameters<typeof sample>) => hold(packed(sample(...args)), { bootId: 'boot', byteKind: 'payloadBytes', receivedAtMs: args[0] });

const director = (directorId: string, change: Partial<DirectorNow> = {}): DirectorNow => (
  { directorId, name: directorId.toUpperCase(), live: true, lastSeenAtMs: 5_000, version: 3, health: null, accepted: new Map([['c', definition]]), sample: held(5_000, 20n), before: held(4_000, 10n), ...change });

const moment = (...directors: DirectorNow[]): Moment => (
  { atMs: 5_200, wanted: [revision], directors: new Map(directors.map((one) => [one.directorId, one])) });

const wanting = (wanted: typeof definition, ...directors: DirectorNow[]): Moment => ({ ...moment(...directors), wanted: [{ ...revision, definition: wanted }] });
const rowsOf = (tick: LiveTick | null) => tick?.services[0]?.realServers ?? [];
const refusedOf = (...directors: DirectorNow[]) => composeTick(clusterTopic('c'), moment(...directors))?.services[0]?.refused;

describe('a tick', () => {
  it('of a cluster sums what its live directors say', () => {
    const tick = composeTick(clusterTopic('c'), moment(director('a'), director('b')));
    expect(LiveTick.parse(tick)).toEqual(tick);
    expect(tick).toMatchObject({
      directors: [{ directorId: 'a', name: 'A', state: 'live' }, { directorId: 'b' }],
      services: [{
        serviceId: 'web', key: 'tcp 127.1.1.1:8080', holderId: 'a', directors: ['a', 'b'], realServerCount: 2,
        figures: { active: 4, totals: { connections: '40', bytesIn: '400' }, perSecond: { connections: 20 }, windowMs: 1_000 },
        realServers: [{ key: '127.1.1.2:80', weight: 3, wantedWeight: 3, figures: { active: 2 } }, { key: '127.1.1.3:80', weight: 3, wantedWeight: 1 }],
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
      directors: [{ directorId: 'a', state: 'silent', lastSeenAtMs: 1_100, measuredAtMs: 1_000, checker: null }],
      services: [{ directors: ['a'], figures: { measuredAtMs: 1_000, totals: { connections: '7' }, perSecond: { connections: null } } }],
    });
  });

  it('says nothing of what no director forwards', () => {
    const tick = composeTick(clusterTopic('c'), moment(director('a', { sample: null, before: null })));
    expect(tick?.services[0]).toMatchObject({ directors: [], figures: { active: null, byteKind: null, measuredAtMs: null } });
    expect(composeTick('overview', moment(director('a', { sample: null, before: null })))?.totals?.active).toEqual({ sum: null, unknown: 0, unseen: 0 });
  });

  it('has no weight where directors differ', () => {
    const tick = composeTick(clusterTopic('c'), moment(director('a'), director('b', { sample: held(5_000, 20n, 1) })));
    expect(tick?.services[0]?.realServers[0]).toMatchObject({ weight: null, weights: [{ directorId: 'a', weight: 3 }, { directorId: 'b', weight: 1 }] });
  });

  it('of the overview has all in sum and no services', () => {
    expect(composeTick('overview', moment(director('a')))).toMatchObject({
      totals: { active: { sum: 2 }, connectionsPerSecond: { sum: 10 } }, services: [],
    });
  });

  it('of a cluster with very many real servers leaves them to the services', () => {
    const realServers = Array.from({ length: 1_001 }, (_, index) => ({ address: `127.2.${Math.floor(index / 250)}.${index % 250}`, port: 80 }));
    const definitionOfMany = webCluster({ directorIds: ['a'], vip: '127.1.1.1', realServers });
    const large = { ...moment(director('a', { accepted: new Map([['c', definitionOfMany]]), sample: null })), wanted: [{ ...revision, definition: definitionOfMany }] };
    expect(composeTick(clusterTopic('c'), large)?.services[0]).toMatchObject({ realServerCount: 1_001, realServers: [] });
    expect(composeTick(serviceTopic('c', 'web'), large)?.services[0]?.realServers).toHaveLength(1_001);
  });

  it('of a director sums all that it forwards, whichever cluster names it', () => {
    const other = { ...sample(5_000, 3n), services: [...sample(5_000, 20n).services, ...sample(5_000, 3n).services.map((service) => ({ ...service, key: 'udp 127.1.1.9:53' as const }))] };
    const both = (at: typeof other) => hold(packed(at), { bootId: 'boot', byteKind: 'payloadBytes', receivedAtMs: at.measuredAtMs });
    const before = { ...other, measuredAtMs: 3_000 };
    const tick = composeTick(directorTopic('a'), moment(director('a', { sample: both(other), before: both(before) }), director('b')));
    expect(LiveTick.parse(tick)).toEqual(tick);
    expect(tick).toMatchObject({
      directors: [{ directorId: 'a', state: 'live' }], services: [],
      figures: { active: 4, totals: { connections: '23', packetsIn: 'userSpace' }, perSecond: { connections: 0, packetsIn: 'userSpace' }, byteKind: 'payloadBytes' },
    });
    expect(composeTick(directorTopic('a'), moment(director('a', { sample: both(other), before: held(4_000, 10n) })))?.figures, 'a part of a sum is no sum').toMatchObject({ active: 4, perSecond: { connections: null } });
    expect(composeTick(directorTopic('a'), moment(director('a', { live: false, sample: null, before: null })))).toMatchObject({ directors: [{ state: 'silent' }], figures: { active: null } });
  });

  it('is none of what there is not', () => {
    expect(composeTick(directorTopic('other'), moment(director('a')))).toBeNull();
    expect(composeTick(clusterTopic('other'), moment(director('a')))).toBeNull();
    expect(composeTick(serviceTopic('c', 'other'), moment(director('a')))).toBeNull();
  });
});

describe('rows', () => {
  const without = webCluster({ name: 'web', directorIds: ['a', 'b'], vip: '127.1.1.1', realServers: [{ address: '127.1.1.2', port: 80, weight: 3 }] });

  it('keep a real server that is no longer wanted while a director forwards to it', () => {
    const rows = rowsOf(composeTick(clusterTopic('c'), wanting(without, director('a'), director('b'))));
    expect(rows).toMatchObject([{ realServerId: 'rs-0', wantedWeight: 3 }, { realServerId: 'rs-1', name: 'rs-1', weight: 3, wantedWeight: null, figures: { active: 2 } }]);
  });

  it('show one that is wanted and not applied yet, and where', () => {
    const old = director('b', { accepted: new Map([['c', without]]), sample: held(5_000, 20n, 3, { keys: keys.slice(0, 1) }) });
    const rows = rowsOf(composeTick(clusterTopic('c'), moment(director('a'), old)));
    expect(rows).toMatchObject([{ notAppliedOn: [] }, { realServerId: 'rs-1', notAppliedOn: ['b'], weight: 3, figures: { active: 1 } }]);
    const nowhere = rowsOf(composeTick(clusterTopic('c'), moment(old)));
    expect(nowhere[1]).toMatchObject({ notAppliedOn: ['b'], weight: null, weights: [], figures: { active: null } });
  });

  it('show what a director forwards to that no revision names', () => {
    const rows = rowsOf(composeTick(clusterTopic('c'), moment(director('a', { sample: held(5_000, 20n, 3, { keys: [...keys, '127.9.9.9:80'] }) }))));
    expect(rows[2]).toMatchObject({ realServerId: null, name: '127.9.9.9:80', wantedWeight: null, weight: 3 });
  });

  it('follow a service to the address that a director still forwards it at', () => {
    const moved = webCluster({ name: 'web', directorIds: ['a'], vip: '127.1.1.9', realServers: [{ address: '127.1.1.2', port: 80, weight: 3 }, { address: '127.1.1.3', port: 80 }] });
    expect(composeTick(clusterTopic('c'), wanting(moved, director('a')))?.services).toMatchObject([{ key: 'tcp 127.1.1.1:8080', notAppliedOn: ['a'], figures: { active: 2 } }]);
  });

  it('keep a service that is no longer wanted, and a director that leaves', () => {
    const empty = { ...without, directors: without.directors.slice(0, 1), services: [] };
    const tick = composeTick(clusterTopic('c'), wanting(empty, director('a'), director('b')));
    expect(tick).toMatchObject({ directors: [{ directorId: 'a' }, { directorId: 'b' }], services: [{ serviceId: 'web', wanted: false, directors: ['a', 'b'], notAppliedOn: [] }] });
  });

  it('go by the wanted revision where nothing else is known', () => {
    const rows = rowsOf(composeTick(clusterTopic('c'), moment(director('a', { accepted: null }), director('b', { accepted: new Map([['c', null]]) }))));
    expect(rows).toMatchObject([{ realServerId: 'rs-0', notAppliedOn: [], figures: { active: 2 } }, { realServerId: 'rs-1', notAppliedOn: [] }]);
  });
});

describe('a service', () => {
  it('whose real servers all have weight 0 takes no new connections, and says where', () => {
    const now = moment(director('a'), director('b', { sample: held(5_000, 20n, 0) }));
    expect(composeTick(clusterTopic('c'), now)?.services[0]?.takesNoneOn).toEqual(['b']);
    expect(composeTick('overview', now)?.lines?.shown).toMatchObject([{ troubles: ['takesNone', 'draining'] }]);
  });

  it('sums whom its directors refused, by reason, with a rate', () => {
    const now = { refused: { ...noRefusals, noRealServer: 7n, serviceFull: 9n } };
    const one = director('a', { sample: held(5_000, 20n, 3, now), before: held(4_000, 10n, 3, { refused: { ...noRefusals, serviceFull: 4n } }) });
    const tick = composeTick(clusterTopic('c'), moment(one, { ...one, directorId: 'b' }));
    expect(LiveTick.parse(tick).services[0]?.refused).toEqual({ total: '32', perSecond: 24, reasons: [{ reason: 'serviceFull', count: '18' }, { reason: 'noRealServer', count: '14' }] });
  });

  it('says how each director finds its real servers, and counts what is down', () => {
    const rule = { code: 'fell' as const, params: { check: 'tcp' }, sinceMs: 7 };
    const of = () => ({
      clusterId: 'c', serviceId: 'web', sorry: false, state: { code: 'belowGoOn' as const, params: {}, sinceMs: 7 },
      realServers: [{ realServerId: 'rs-0', standing: 'down' as const, sinceMs: 7, isUp: false, isUsed: false, rule }],
    });
    const checker = { targets: 1, late: null, braked: null };
    const now = moment(director('a', { health: { checker, of } }), director('b'));
    const tick = composeTick(clusterTopic('c'), now);
    expect(LiveTick.parse(tick).directors).toMatchObject([{ directorId: 'a', checker }, { directorId: 'b', checker: null }]);
    expect(tick?.services[0]).toMatchObject({ health: [{ directorId: 'a', state: { code: 'belowGoOn' } }], realServers: [{ health: [{ directorId: 'a', standing: 'down', rule }] }, { health: [] }] });
    expect(composeTick('overview', now)?.lines?.shown).toMatchObject([{ troubles: ['belowQuorum', 'someDown'] }]);
  });

  it('says why nobody knows whom it refused', () => {
    const counting = director('a', { sample: held(5_000, 20n, 3, { refused: noRefusals }) });
    expect(refusedOf(counting, director('b'))).toBe('forwarder');
    expect(refusedOf(director('a', { sample: null }))).toBeNull();
    expect(refusedOf({ ...counting, before: null })).toEqual({ total: '0', perSecond: null, reasons: [] });
  });
});
