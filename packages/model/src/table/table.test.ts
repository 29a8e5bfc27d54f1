import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serviceAddress } from '../testing/definitions/arbitrary.ts';
import { endpointKey, familyOfService, ServiceAddress, serviceKey } from './table.ts';

describe('identity in a forwarder', () => {
  it('is one key for one service, and another for any other', () => {
    fc.assert(fc.property(serviceAddress, serviceAddress, (a, b) => {
      expect(serviceKey(a) === serviceKey(b)).toBe(JSON.stringify(ServiceAddress.parse(a)) === JSON.stringify(ServiceAddress.parse(b)));
    }), { numRuns: 1_000 });
  });

  it('has a text that people know', () => {
    expect(serviceKey({ kind: 'address', protocol: 'sctp', vip: 'fd00::1', port: 0 })).toBe('sctp [fd00::1]:0');
    expect(serviceKey({ kind: 'mark', family: 'ipv6', mark: 7 })).toBe('fwm ipv6 7');
    expect(endpointKey({ rip: '10.0.0.1', port: 80 })).toBe('10.0.0.1:80');
    expect(familyOfService({ kind: 'mark', family: 'ipv6', mark: 7 })).toBe('ipv6');
    expect(familyOfService({ kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 })).toBe('ipv4');
  });

  it.each([
    { kind: 'mark', family: 'ipv4', mark: 0 }, { kind: 'mark', family: 'ipv4', mark: 2 ** 32 }, { kind: 'mark', family: 'ipv4', mark: 7, port: 80 },
    { kind: 'address', protocol: 'tcp', vip: '10.0.0.1' }, { kind: 'address', protocol: 6, vip: '10.0.0.1', port: 80 }, { kind: 'name' }, null,
  ])('is not %j', (address) => expect(ServiceAddress.safeParse(address).success).toBe(false));
});
