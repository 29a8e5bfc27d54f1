// The tutorial's cluster: one VIP, one director, two real servers in turn, all on loopback.
import { DEFINITION_SCHEMA } from './definition.ts';
import type { ClusterDefinition, RealServer } from './definition.ts';

const vip = '127.0.8.200';
const port = 8080;

function realServer(id: string, rip: string): RealServer {
  return { id, name: id, rip, port, weight: 1, method: { kind: 'proxied' }, thresholds: { upper: 0, lower: 0 } };
}

/** What every LVS tutorial draws, on addresses that a single host answers for. */
export function tutorialCluster(directorId: string): ClusterDefinition {
  return {
    schema: DEFINITION_SCHEMA,
    name: 'tutorial',
    directors: [{ directorId, dip: { ipv4: '127.0.8.10', ipv6: null } }],
    vips: [{ address: vip, holder: directorId }],
    services: [{
      id: 'web',
      name: 'web',
      match: { kind: 'address', protocol: 'tcp', vip, port },
      scheduler: { name: 'rr' },
      persistence: null,
      onePacket: false,
      realServers: [realServer('rs-20', '127.0.8.20'), realServer('rs-30', '127.0.8.30')],
    }],
  };
}
