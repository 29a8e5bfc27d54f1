// Clusters on the tutorial's network, for Weir to apply there.
import { ipv6Of, tutorial } from '@weir/lab/vm';
import { DEFINITION_SCHEMA } from '@weir/model';
import type { ClusterDefinition, Family, ForwardingMethod, RealServer, VirtualService } from '@weir/model';

export const director = 'director-1';
export const standby = 'director-2';

export const vips: Readonly<Record<Family, string>> = { ipv4: tutorial.vip, ipv6: ipv6Of(tutorial.vip) };

export function inFamily(address: string, family: Family): string {
  return family === 'ipv4' ? address : ipv6Of(address);
}

type Changes = Partial<Omit<RealServer, 'id' | 'method'>>;

/** rs1 and rs2. */
export function realServers(method: ForwardingMethod, port: number, family: Family = 'ipv4', changes: Changes = {}): RealServer[] {
  return tutorial.realServers.map((rip, at) => ({
    id: `rs${at + 1}`, name: `rs${at + 1}`, rip: inFamily(rip, family), port, weight: 1, method, thresholds: { upper: 0, lower: 0 }, ...changes,
  }));
}

export function service(id: string, changes: Partial<Omit<VirtualService, 'id'>> = {}): VirtualService {
  return {
    id, name: id, match: { kind: 'address', protocol: 'tcp', vip: vips.ipv4, port: 80 }, scheduler: { name: 'rr' }, persistence: null, onePacket: false,
    realServers: realServers({ kind: 'dr' }, 80), ...changes,
  };
}

export function cluster(services: VirtualService[], changes: Partial<ClusterDefinition> = {}): ClusterDefinition {
  return {
    schema: DEFINITION_SCHEMA, name: 'shop',
    directors: [{ directorId: director, dip: { ipv4: tutorial.director, ipv6: ipv6Of(tutorial.director) } }],
    vips: [vips.ipv4, vips.ipv6].map((address) => ({ address, holder: director })),
    services, ...changes,
  };
}
