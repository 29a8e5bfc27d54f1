import * as fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { ipv4, ipv6 } from '../testing/definitions/arbitrary.ts';
import { inNetwork, IpNetwork, networkAddress } from './network.ts';

describe('a network', () => {
  it.each([
    ['10.1.2.3/8', '10.0.0.0/8'], ['10.1.2.3/32', '10.1.2.3/32'], ['0.0.0.0/0', '0.0.0.0/0'], [' 192.168.8.77/26 ', '192.168.8.64/26'],
    ['FD00::1:2/64', 'fd00::/64'], ['::/0', '::/0'], ['fd00::ffff/121', 'fd00::ff80/121'], ['fd00::1/128', 'fd00::1/128'],
  ])('%s is %s', (text, canonical) => expect(IpNetwork.parse(text)).toBe(canonical));

  it.each(['', '10.0.0.0', '10.0.0.0/', '/8', '10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/-1', '10.0.0.0/8/8', 'fd00::/129', 'fd00::/1e1', '10.0.0.0/255.0.0.0', 'x/8', '10.0.0/8', '10.0.0.0/111'])(
    '%j is none, and is told by its code', (text) => {
      expect(IpNetwork.safeParse(text).error?.issues).toMatchObject([{ params: { code: 'notANetwork' } }]);
    });

  it('has in it what another library says', () => {
    const anywhere = fc.oneof(ipv4, ipv6);
    fc.assert(fc.property(anywhere, anywhere, fc.nat(128), fc.boolean(), (address, other, bits, near) => {
      const size = address.includes(':') ? 128 : 32;
      const prefixLength = bits % (size + 1);
      const asked = near ? networkAddress(address, prefixLength) : other;
      const network = IpNetwork.parse(`${address}/${prefixLength}`);
      const [one, of] = [ipaddr.parse(asked), ipaddr.parse(address)];
      expect(inNetwork(network)(asked)).toBe(one.kind() === of.kind() && one.match(of, prefixLength));
    }));
  });
});
