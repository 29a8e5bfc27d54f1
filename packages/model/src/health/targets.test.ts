import { describe, expect, it } from 'vitest';
import type { ClusterDefinition, VirtualService } from '../definition/definition.ts';
import type { HealthCheck } from '../definition/health/service-health.ts';
import { cluster, realServer, service } from '../testing/definitions/cluster.ts';
import { healthOf } from '../testing/health-tale.ts';
import { probeTargets } from './targets.ts';
import type { ProbeTarget } from './targets.ts';

const dr = { kind: 'dr' } as const;

function checked(changes: Partial<HealthCheck> = {}): VirtualService['health'] {
  const health = healthOf('');
  return { ...health, checks: health.checks.map((check) => ({ ...check, ...changes })) };
}

function targetsOf(definition: ClusterDefinition, directorId = 'lb-1'): ProbeTarget[] {
  return probeTargets({ directorId, accepted: [{ clusterId: 'c', revision: 1, definition }] });
}

const one = (changes: Partial<VirtualService>): ProbeTarget[] => targetsOf(cluster({ services: [service('web', { realServers: [realServer('rs')], ...changes })] }));
const places = (targets: readonly ProbeTarget[]): string[] => targets.map(({ rip, port, users }) => `${rip}:${port} ×${users.length}`);
const match = (port: number): VirtualService['match'] => ({ kind: 'address', protocol: 'tcp', vip: '192.168.8.200', port });
const marked = { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: ['192.168.8.201'], ports: [8443] } as const;

describe('what a director asks', () => {
  it('is nothing of a service without health, and nothing for a director that no cluster names', () => {
    expect(one({})).toEqual([]);
    expect(targetsOf(cluster({ services: [service('web', { health: checked() })] }), 'lb-2')).toEqual([]);
  });

  it('is each thing once, with all who want to know', () => {
    const definition = cluster({ services: [service('web', { health: checked({ rise: 3 }) }), service('tls', { match: match(443), health: checked({ fall: 9 }) })] });
    const targets = probeTargets({ directorId: 'lb-1', accepted: [{ clusterId: 'c', revision: 1, definition }, { clusterId: 'd', revision: 1, definition }] });
    expect(places(targets)).toEqual(['192.168.8.20:8080 ×4', '192.168.8.30:8080 ×4']);
    expect(targets[0]?.users.map(({ clusterId, serviceId, realServerId, checkId }) => [clusterId, serviceId, realServerId, checkId].join(' '))).toEqual([
      'c web rs-20 check', 'c tls rs-20 check', 'd web rs-20 check', 'd tls rs-20 check']);
    expect(new Set(targets.map(({ key }) => key)).size).toBe(2);
  });

  it.each<[what: string, changes: Partial<HealthCheck>]>([
    ['port', { port: 81 }], ['source', { source: '192.168.8.10' }], ['probe', { probe: { type: 'icmp' } }], ['interval', { intervalMs: 9_000 }],
    ['faster interval', { changingIntervalMs: 500 }], ['timeout', { timeoutMs: 70 }],
  ])('is two things where the %s differs', (_, changes) => {
    const services = [service('web', { realServers: [realServer('rs')], health: checked() }), service('tls', { match: match(443), realServers: [realServer('rs')], health: checked(changes) })];
    expect(targetsOf(cluster({ services }))).toHaveLength(2);
  });

  it.each<[what: string, changes: Partial<VirtualService>, places: string[]]>([
    ['at the real server\'s port', { health: checked() }, ['192.168.8.20:8080 ×1']],
    ['at the check\'s own port', { health: checked({ port: 9 }) }, ['192.168.8.20:9 ×1']],
    ['at the first port that is marked, where packets keep theirs', { health: checked(), match: { ...marked, vips: [...marked.vips], ports: [...marked.ports] }, realServers: [realServer('rs', { port: 0 })] }, ['192.168.8.20:8443 ×1']],
    ['nowhere, where there is no port to ask', { health: checked(), match: match(0), realServers: [realServer('rs', { port: 0 })] }, []],
    ['without a port by ICMP', { health: checked({ probe: { type: 'icmp' }, port: 7 }), match: match(0), realServers: [realServer('rs', { port: 0 })] }, ['192.168.8.20:0 ×1']],
  ])('is asked %s', (_, changes, expected) => expect(places(one(changes))).toEqual(expected));

  const byPath = checked({ probe: { type: 'path' } });
  it('goes by the path that packets take: to the VIP, from the DIP, by the method', () => {
    expect(one({ health: byPath, realServers: [realServer('rs', { method: dr, port: 80 })] })[0]).toMatchObject({
      rip: '192.168.8.20', port: 80, path: { vip: '192.168.8.200', vport: 80, dip: '192.168.8.10', method: dr },
    });
    const two = [service('web', { health: byPath, realServers: [realServer('rs', { method: dr, port: 80 })] }), service('tls', { match: match(443), health: byPath, realServers: [realServer('rs', { method: dr, port: 443 })] })];
    expect(targetsOf(cluster({ services: two }))).toHaveLength(2);
  });

  it.each<[what: string, definition: ClusterDefinition]>([
    ['NAT', cluster({ services: [service('web', { health: byPath })] })],
    ['proxied', cluster({ services: [service('web', { health: byPath, realServers: [realServer('rs', { method: { kind: 'proxied' } })] })] })],
    ['a director without a DIP', cluster({ directors: [{ directorId: 'lb-1', dip: { ipv4: null, ipv6: null } }], services: [service('web', { health: byPath, realServers: [realServer('rs', { method: dr })] })] })],
  ])('has no such path with %s', (_, definition) => expect(targetsOf(definition)).toEqual([]));
});
