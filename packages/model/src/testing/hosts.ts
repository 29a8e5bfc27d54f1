// Real servers' hosts as definitions ask for them: one per method, and one for everything at once.
import type { ClusterDefinition, RealServer, VirtualService } from '../definition/definition.ts';
import type { ForwardingMethod, Tunnel } from '../definition/forwarding.ts';
import { realServerNeeds } from '../real-server/needs.ts';
import type { ScriptInput } from '../real-server/script.ts';
import { cluster, realServer, service } from './definitions/cluster.ts';

const dip = { ipv4: '192.168.8.10', ipv6: 'fd00::10' };

export function hostCluster(services: VirtualService[]): ClusterDefinition {
  const vips = [...new Set(services.flatMap(({ match }) => (match.kind === 'address' ? [match.vip] : match.vips)))];
  return cluster({ directors: [{ directorId: 'lb-1', dip }], vips: vips.map((address) => ({ address, holder: 'lb-1' })), services });
}

export interface Hosted {
  readonly id?: string;
  readonly vip?: string;
  readonly rip?: string;
  readonly port?: number;
}

/** One service with one real server on the host rs-20. */
export function hosting(method: ForwardingMethod, { id = 'web', vip = '192.168.8.200', rip = '192.168.8.20', port = 80 }: Hosted = {}, changes: Partial<RealServer> = {}): VirtualService {
  const match = { kind: 'address', protocol: 'tcp', vip, port } as const;
  return service(id, { match, realServers: [realServer('rs-20', { rip, port, method, ...changes })] });
}

export function tun(tunnel: Tunnel): ForwardingMethod {
  return { kind: 'tun', tunnel };
}

export function scriptFor(services: VirtualService[], rip = '192.168.8.20', clusterId = 'c-1'): ScriptInput {
  return { clusterId, clusterName: 'shop', needs: realServerNeeds(hostCluster(services), rip) };
}

const gue: Tunnel = { type: 'gue', port: 6080, checksum: 'none' };
const six = { vip: 'fd00::200', rip: 'fd00::20' };

/** Every kind of host, by name. */
export const hosts: Readonly<Record<string, ScriptInput>> = {
  dr: scriptFor([hosting({ kind: 'dr' })]),
  nat: scriptFor([hosting({ kind: 'nat' }, { port: 8080 })]),
  ipip: scriptFor([hosting(tun({ type: 'ipip' }))]),
  gue: scriptFor([hosting(tun(gue))]),
  gre: scriptFor([hosting(tun({ type: 'gre', checksum: 'none' }))]),
  'gre-csum': scriptFor([hosting(tun({ type: 'gre', checksum: 'csum' }))]),
  'dr-ipv6': scriptFor([hosting({ kind: 'dr' }, six)], six.rip),
  'nat-ipv6': scriptFor([hosting({ kind: 'nat' }, six)], six.rip),
  'ipip-ipv6': scriptFor([hosting(tun({ type: 'ipip' }), six)], six.rip),
  'gre-ipv6': scriptFor([hosting(tun({ type: 'gre', checksum: 'none' }), six)], six.rip),
  'ipv4-in-ipv6': scriptFor([hosting(tun({ type: 'ipip' }), { rip: 'fd00::20' })], six.rip),
  'ipv6-in-ipv4': scriptFor([hosting(tun(gue), { vip: 'fd00::200' })]),
  proxied: scriptFor([hosting({ kind: 'proxied' })]),
  everything: scriptFor([
    hosting({ kind: 'dr' }), hosting({ kind: 'dr' }, { id: 'web-6', vip: 'fd00::200', rip: '192.168.8.20' }),
    hosting(tun({ type: 'ipip' }), { id: 'mail', vip: '192.168.8.201', port: 25 }), hosting(tun(gue), { id: 'dns', vip: '192.168.8.202', port: 53 }),
    hosting({ kind: 'nat' }, { id: 'api', vip: '192.168.8.203', port: 8080 }), hosting({ kind: 'proxied' }, { id: 'old', vip: '192.168.8.204', port: 8081 }),
  ]),
};
