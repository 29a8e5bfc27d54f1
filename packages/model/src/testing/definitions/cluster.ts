// A cluster as an operator would define it, for tests to vary: NAT, one director, one VIP, two real servers.
import type { ClusterDefinition, RealServer, VirtualService } from '../../definition/definition.ts';

export function realServer(id: string, changes: Partial<RealServer> = {}): RealServer {
  return {
    id, name: id, rip: '192.168.8.20', port: 8080, weight: 1, method: { kind: 'nat' }, thresholds: { upper: 0, lower: 0 }, ...changes,
  };
}

export function service(id: string, changes: Partial<VirtualService> = {}): VirtualService {
  return {
    id, name: id, match: { kind: 'address', protocol: 'tcp', vip: '192.168.8.200', port: 80 }, scheduler: { name: 'wrr' },
    persistence: null, onePacket: false, realServers: [realServer('rs-20'), realServer('rs-30', { rip: '192.168.8.30' })], ...changes,
  };
}

export function cluster(changes: Partial<ClusterDefinition> = {}): ClusterDefinition {
  return {
    schema: 1, name: 'shop', directors: [{ directorId: 'lb-1', dip: { ipv4: '192.168.8.10', ipv6: null } }],
    vips: [{ address: '192.168.8.200', holder: 'lb-1' }], services: [service('web')], ...changes,
  };
}
