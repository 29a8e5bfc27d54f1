// What can be asked for, and where a real server is.
import { expect, test } from 'vitest';
import { likelyPlace, targetsOf } from './target.ts';

test('an address is one target, a mark each VIP and port', () => {
  expect(targetsOf({ kind: 'address', protocol: 'tcp', vip: '192.168.8.200', port: 80 })).toEqual([{ vip: '192.168.8.200', port: 80 }]);
  const vips = ['192.168.8.200', '192.168.8.201'];
  expect(targetsOf({ kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips, ports: [80, 443] })).toHaveLength(4);
  expect(targetsOf({ kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips, ports: [] })).toEqual(vips.map((vip) => ({ vip, port: 80 })));
});

test('a real server on the DIP or on loopback is on the director', () => {
  const dip = { ipv4: '192.168.8.10', ipv6: 'fd00::10' };
  expect(['192.168.8.10', 'fd00::10', '127.0.8.20', '::1'].map((rip) => likelyPlace(rip, dip))).toEqual(Array.from({ length: 4 }, () => 'onDirector'));
  expect(likelyPlace('192.168.8.20', dip)).toBe('sameSubnet');
});
