// A cluster of any number of real servers.
import type { ClusterDefinition } from '@weir/model';

export const perService = 10;

const vip = (index: number) => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;

export function clusterOf(realServers: number): ClusterDefinition {
  const services = Array.from({ length: realServers / perService }, (_, index) => ({
    id: `s${index}`, name: `service ${index}`, match: { kind: 'address' as const, protocol: 'tcp' as const, vip: vip(index), port: 443 }, scheduler: { name: 'wlc' as const },
    persistence: null, onePacket: false,
    realServers: Array.from({ length: perService }, (_each, place) => ({
      id: `r${place}`, name: `rs ${index}.${place}`, rip: `10.128.${index >> 4}.${(index & 15) * 16 + place}`, port: 443, weight: 1 + place,
      method: { kind: (['nat', 'dr', 'proxied'] as const)[index % 3] ?? 'nat' }, thresholds: { upper: 0, lower: 0 },
    })),
  }));
  return {
    schema: 1, name: 'bench', services, directors: [{ directorId: 'lvs-a', dip: { ipv4: '10.128.255.1', ipv6: null } }],
    vips: services.map((_, index) => ({ address: vip(index), holder: 'lvs-a' })),
  };
}
