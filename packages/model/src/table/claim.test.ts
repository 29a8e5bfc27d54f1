import { describe, expect, it } from 'vitest';
import { claimsOf } from './claim.ts';
import { cluster, service } from '../testing/definitions/cluster.ts';

const director = (directorId: string) => ({ directorId, dip: { ipv4: null, ipv6: null } });

describe('claims', () => {
  it('are one per service and director', () => {
    const mark = service('marked', { match: { kind: 'mark', family: 'ipv6', mark: 7, protocol: 'tcp', vips: ['fd00::1'], ports: [] } });
    expect(claimsOf(cluster({ directors: [director('lb-1'), director('lb-2')], services: [service('web'), mark] }))).toEqual([
      { directorId: 'lb-1', key: 'tcp 192.168.8.200:80', serviceId: 'web' }, { directorId: 'lb-1', key: 'fwm ipv6 7', serviceId: 'marked' },
      { directorId: 'lb-2', key: 'tcp 192.168.8.200:80', serviceId: 'web' }, { directorId: 'lb-2', key: 'fwm ipv6 7', serviceId: 'marked' },
    ]);
  });

  it('differ by protocol, address, port, family and mark, and by nothing else', () => {
    const keys = [
      { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 }, { kind: 'address', protocol: 'udp', vip: '10.0.0.1', port: 80 },
      { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 81 }, { kind: 'address', protocol: 'tcp', vip: 'fd00::1', port: 80 },
      { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: ['10.0.0.1'], ports: [80] },
      { kind: 'mark', family: 'ipv6', mark: 7, protocol: 'tcp', vips: ['fd00::1'], ports: [80] },
      { kind: 'mark', family: 'ipv4', mark: 8, protocol: 'udp', vips: ['10.0.0.1'], ports: [] },
      { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'udp', vips: ['10.0.0.9'], ports: [53] },
    ] as const;
    const claims = claimsOf(cluster({ services: keys.map((match, n) => service(`s-${n}`, { match: structuredClone(match) as never })) }));
    expect(claims.map(({ key }) => key)).toEqual([
      'tcp 10.0.0.1:80', 'udp 10.0.0.1:80', 'tcp 10.0.0.1:81', 'tcp [fd00::1]:80', 'fwm ipv4 7', 'fwm ipv6 7', 'fwm ipv4 8']);
  });

  it('are none without a director or without a service', () => {
    expect(claimsOf(cluster({ directors: [] }))).toEqual([]);
    expect(claimsOf(cluster({ services: [] }))).toEqual([]);
  });
});
