import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effective } from './effective.ts';
import type { Accepted, Effective } from './effective.ts';
import type { Override } from './override.ts';
import { deciding } from './override.ts';
import { cluster, realServer, service } from '../testing/definitions/cluster.ts';
import { overridesOfOne } from '../testing/definitions/arbitrary.ts';
import { healthOf } from '../testing/health-tale.ts';
import { tutorialCluster } from '../definition/tutorial.ts';

const accept = (clusterId: string, definition = cluster()): Accepted => ({ clusterId, revision: 1, definition });

function override(changes: Partial<Override> = {}): Override {
  return {
    id: 'o', target: { clusterId: 'c', serviceId: 'web', realServerId: 'rs-20' }, cause: 'manual', effect: { kind: 'weight', weight: 5 },
    author: 'ada', reason: '', startsAtMs: 0, endsAtMs: null, ...changes,
  };
}

function at(accepted: readonly Accepted[], overrides: readonly Override[] = [], nowMs = 1_000, directorId = 'lb-1'): Effective {
  return effective({ directorId, accepted, overrides, nowMs });
}

/** `rip weight` of every rule. */
const weights = ({ services }: Effective): string[] => (
  services.flatMap(({ realServers }) => realServers.map(({ endpoint, settings }) => `${endpoint.rip} ${settings.weight}`)));

const methods = (given: Effective): unknown[] => given.services[0]?.realServers.map(({ settings }) => settings.method) ?? [];

describe('effective', () => {
  it('is what was accepted, as rules', () => {
    expect(at([accept('c')]).services).toEqual([{
      address: { kind: 'address', protocol: 'tcp', vip: '192.168.8.200', port: 80 },
      settings: { scheduler: { name: 'wrr' }, persistence: null, onePacket: false },
      realServers: [
        { endpoint: { rip: '192.168.8.20', port: 8080 }, settings: { method: { kind: 'nat' }, weight: 1, thresholds: { upper: 0, lower: 0 } } },
        { endpoint: { rip: '192.168.8.30', port: 8080 }, settings: { method: { kind: 'nat' }, weight: 1, thresholds: { upper: 0, lower: 0 } } },
      ],
    }]);
  });

  it('is nothing for a director that no cluster names, and for none accepted', () => {
    expect(at([accept('c')], [], 0, 'lb-2')).toEqual({ services: [], origins: [] });
    expect(at([])).toEqual({ services: [], origins: [] });
  });

  it('joins clusters, and says which each service is from', () => {
    const other = cluster({ services: [service('mail', { match: { kind: 'address', protocol: 'tcp', vip: '192.168.8.201', port: 25 } })] });
    const both = at([accept('c'), accept('d', other)]);
    expect(both.origins.map(({ clusterId, key }) => [clusterId, key])).toEqual([['c', 'tcp 192.168.8.200:80'], ['d', 'tcp 192.168.8.201:25']]);
    expect(both.services).toEqual(both.origins.map(({ rule }) => rule));
  });

  it('lets the first of two clusters keep a service that both claim', () => {
    const other = cluster({ services: [service('other', { realServers: [realServer('x', { rip: '192.168.8.99' })] })] });
    expect(weights(at([accept('c'), accept('d', other)]))).toEqual(['192.168.8.20 1', '192.168.8.30 1']);
    expect(weights(at([accept('d', other), accept('c')]))).toEqual(['192.168.8.99 1']);
  });

  it('gives a firewall mark its family and leaves out the match that is marked', () => {
    const marked = service('web', { match: { kind: 'mark', family: 'ipv6', mark: 7, protocol: 'tcp', vips: ['fd00::1'], ports: [80] } });
    expect(at([accept('c', cluster({ services: [marked] }))]).services[0]?.address).toEqual({ kind: 'mark', family: 'ipv6', mark: 7 });
  });

  it('lets proxied connections leave from the DIP of the real server\'s family', () => {
    const dip = { ipv4: '192.168.8.10', ipv6: 'fd00::10' };
    const realServers = ['192.168.8.20', 'fd00::20'].map((rip) => realServer(`rs-${rip.length}`, { rip, method: { kind: 'proxied' } }));
    const definition = cluster({ directors: [{ directorId: 'lb-0', dip: { ipv4: '1.1.1.1', ipv6: null } }, { directorId: 'lb-1', dip }], services: [service('web', { realServers })] });
    expect(methods(at([accept('c', definition)]))).toEqual([{ kind: 'proxied', source: dip.ipv4 }, { kind: 'proxied', source: dip.ipv6 }]);
    expect(methods(at([accept('c', definition)], [], 0, 'lb-0'))).toEqual([{ kind: 'proxied', source: '1.1.1.1' }, { kind: 'proxied', source: null }]);
    expect(methods(at([accept('c', tutorialCluster('lb-1'))]))).toEqual(Array.from({ length: 2 }, () => ({ kind: 'proxied', source: '127.0.8.10' })));
  });
});

describe('overrides', () => {
  it('set a weight on the one real server they name', () => {
    expect(weights(at([accept('c')], [override()]))).toEqual(['192.168.8.20 5', '192.168.8.30 1']);
  });

  it('take a real server out, and still show it as defined and by whom', () => {
    const removed = at([accept('c')], [override({ cause: 'maintenance', effect: { kind: 'remove' } })]);
    expect(weights(removed)).toEqual(['192.168.8.30 1']);
    expect(removed.origins[0]?.realServers.map(({ key, rule, decidedBy }) => [key, rule === null, decidedBy?.cause ?? null])).toEqual([
      ['192.168.8.20:8080', true, 'maintenance'], ['192.168.8.30:8080', false, null],
    ]);
  });

  it('of another cluster, service or real server change nothing', () => {
    const strays = [{ clusterId: 'd' }, { serviceId: 'mail' }, { realServerId: 'rs-40' }, { clusterId: 'c/web', serviceId: 'rs-20' }]
      .map((change, n) => override({ id: `o-${n}`, target: { clusterId: 'c', serviceId: 'web', realServerId: 'rs-20', ...change } }));
    expect(at([accept('c')], strays)).toEqual(at([accept('c')]));
  });

  it('name one cluster among several with the same ids inside', () => {
    const other = cluster({ services: [service('web', { match: { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: ['192.168.8.200'], ports: [80] } })] });
    const given = at([accept('c'), accept('d', other)], [override({ target: { clusterId: 'd', serviceId: 'web', realServerId: 'rs-20' } })]);
    expect(weights(given)).toEqual(['192.168.8.20 1', '192.168.8.30 1', '192.168.8.20 5', '192.168.8.30 1']);
  });

  it('begin and end by the clock that is handed in', () => {
    const given = [override({ startsAtMs: 100, endsAtMs: 200 })];
    expect([99, 100, 199, 200].map((nowMs) => weights(at([accept('c')], given, nowMs))[0])).toEqual([
      '192.168.8.20 1', '192.168.8.20 5', '192.168.8.20 5', '192.168.8.20 1']);
  });

  it('decide here as they do alone, whatever their order', () => {
    const definition = cluster({ services: [service('s', { realServers: [realServer('r')] })] });
    fc.assert(fc.property(overridesOfOne, fc.integer({ min: 0, max: 9 }), (given, nowMs) => {
      const found = deciding(given, nowMs);
      const weight = found === null ? 1 : found.effect.kind === 'weight' ? found.effect.weight : null;
      const forwarded = at([accept('c', definition)], given.toReversed(), nowMs);
      expect(forwarded.services[0]?.realServers[0]?.settings.weight ?? null).toBe(weight);
      expect(forwarded.origins[0]?.realServers[0]?.decidedBy ?? null).toEqual(found);
    }));
  });

  it('of slow start narrow the upper threshold while they hold, and the lower one with it', () => {
    const definition = cluster({ services: [service('web', { realServers: [realServer('rs-20', { thresholds: { upper: 0, lower: 30 } })] })] });
    const given = [override({ cause: 'slowStart', effect: { kind: 'weight', weight: 1, upper: 12 }, endsAtMs: 2_000 })];
    const thresholds = (nowMs: number): unknown => at([accept('c', definition)], given, nowMs).services[0]?.realServers[0]?.settings.thresholds;
    expect([thresholds(1_000), thresholds(2_000)]).toEqual([{ upper: 12, lower: 12 }, { upper: 0, lower: 30 }]);
  });

  it('change neither the definition nor the list', () => {
    const [accepted, given] = [accept('c'), [override()]];
    const before = structuredClone({ accepted, given });
    at([accepted], given);
    expect({ accepted, given }).toEqual(before);
  });
});

const sorryOn = (changes: Partial<Override> = {}): Override => (
  override({ target: { clusterId: 'c', serviceId: 'web', realServerId: 'sorry' }, cause: 'health', effect: { kind: 'weight', weight: 1 }, ...changes }));

describe('the sorry server', () => {
  const sorry = { id: 'sorry', name: 'sorry', rip: '192.168.8.99', port: 80, method: { kind: 'proxied' as const } };
  const withSorry = (changes: Partial<typeof sorry> = {}): Accepted => (
    accept('c', cluster({ services: [service('web', { health: { ...healthOf('below sorry'), sorry: { ...sorry, ...changes } } })] })));
  it('is in the rules only while health gives it weight, behind the real servers', () => {
    expect(weights(at([withSorry()]))).toEqual(['192.168.8.20 1', '192.168.8.30 1']);
    const answering = at([withSorry()], [sorryOn()]);
    expect(weights(answering)).toEqual(['192.168.8.20 1', '192.168.8.30 1', '192.168.8.99 1']);
    expect(answering.services[0]?.realServers[2]?.settings).toEqual({ method: { kind: 'proxied', source: '192.168.8.10' }, weight: 1, thresholds: { upper: 0, lower: 0 } });
    expect(answering.origins[0]).toMatchObject({ realServers: [{}, {}], sorry: { key: '192.168.8.99:80', decidedBy: { cause: 'health' } } });
  });

  it.each<[what: string, given: Override]>([
    ['of another cause', sorryOn({ cause: 'manual' })], ['that gives it none', sorryOn({ effect: { kind: 'weight', weight: 0 } })], ['that takes it out', sorryOn({ effect: { kind: 'remove' } })],
    ['that has ended', sorryOn({ endsAtMs: 500 })],
  ])('is not there for an override %s', (_, given) => expect(at([withSorry()], [given]).origins[0]?.sorry).toBeNull());

  it.each([[{ rip: '192.168.8.20', port: 8080 }], [{ id: 'rs-20' }]])('is not there where it is a real server of its service: %j', (changes) => {
    expect(weights(at([withSorry(changes)], [sorryOn()]))).toEqual(['192.168.8.20 1', '192.168.8.30 1']);
  });
});
