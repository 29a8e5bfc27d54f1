// The tutorial's cluster: one VIP, one director, two real servers in turn; on loopback, or on the network of the lab's virtual machine.
import { DEFINITION_SCHEMA } from './definition.ts';
import type { ClusterDefinition, RealServer } from './definition.ts';

interface Network {
  /** The first three bytes of every address. */
  readonly prefix: string;
  readonly port: number;
  readonly method: RealServer['method'];
}

function clusterOn({ prefix, port, method }: Network, directorId: string): ClusterDefinition {
  const vip = `${prefix}.200`;
  const realServer = (id: string, host: number): RealServer => ({ id, name: id, rip: `${prefix}.${host}`, port, weight: 1, method, thresholds: { upper: 0, lower: 0 } });
  return {
    schema: DEFINITION_SCHEMA,
    name: 'tutorial',
    directors: [{ directorId, dip: { ipv4: `${prefix}.10`, ipv6: null } }],
    vips: [{ address: vip, holder: directorId }],
    services: [{
      id: 'web',
      name: 'web',
      match: { kind: 'address', protocol: 'tcp', vip, port },
      scheduler: { name: 'rr' },
      persistence: null,
      onePacket: false,
      realServers: [realServer('rs-20', 20), realServer('rs-30', 30)],
    }],
  };
}

/** What every LVS tutorial draws, on addresses that a single host answers for. */
export function tutorialCluster(directorId: string): ClusterDefinition {
  return clusterOn({ prefix: '127.0.8', port: 8080, method: { kind: 'proxied' } }, directorId);
}

/** The same on real networks and a kernel's IPVS: the addresses that the lab's virtual machine gives its hosts. */
export function labTutorialCluster(directorId: string): ClusterDefinition {
  return clusterOn({ prefix: '192.168.8', port: 80, method: { kind: 'dr' } }, directorId);
}
