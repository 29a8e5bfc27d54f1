import * as fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { isIPv4, isIPv6 } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addressBytes, addressScope, canonicalAddress, familyOf, formatEndpoint, IpAddress, Ipv4Address, Ipv6Address, Port } from './address.ts';
import { ipv4, ipv6 } from '../testing/definitions/arbitrary.ts';

/** RFC 5952 as browsers write it: an independent witness. */
const byUrl = (address: string): string => new URL(`http://[${address}]/`).hostname.slice(1, -1);

const mapped = /^::ffff:[0-9a-f]{1,4}:[0-9a-f]{1,4}$/;

describe('canonicalAddress', () => {
  it.each([
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:db8::1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['0:0:1:0:0:0:0:0', '0:0:1::'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
  ])('%s is %s', (text, canonical) => expect(canonicalAddress(text)).toBe(canonical));

  it.each([
    '', ' ', '10', '10.0', '10.0.0', '10.0.0.1.2', '10.0.0.', '.10.0.0.1', '10.0.0.256', '10.0.0.-1', '10.0.0.1e1', '0x0a.0.0.1', '167772161',
    '10.0.0.01', '010.0.0.1', '00.0.0.0', '10.0.0.1 ', ' 10.0.0.1', '10.0.0.1\n', '10.0.0.1/24', '10.0.0.1:80', '١٠.0.0.1', '１0.0.0.1',
    ':', ':::', '1:::2', '::1::', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', 'g::', '12345::', '[::1]', '::1/64', 'fe80::1%eth0', 'fe80::1%', '::1 ',
    '::ffff:10.0.0.1', '::FFFF:0a00:0001', '0:0:0:0:0:ffff:10.0.0.1', '::10.0.0.1', '64:ff9b::010.0.0.1', '64:ff9b::0xa.0.0.1', '64:ff9b::10.0.0.256', '::10.0.1',
    'localhost', 'example.org', '\u0000', '10.0.0.1\u0000', '10.0.0.1\u202e',
  ])('%j is no address', (text) => expect(canonicalAddress(text)).toBeNull());

  it('is the same again, and parses back to the same bytes', () => {
    fc.assert(fc.property(fc.oneof(ipv4, ipv6), (address) => {
      expect(canonicalAddress(address)).toBe(address);
      expect(familyOf(address) === 'ipv4' ? isIPv4(address) : isIPv6(address)).toBe(true);
    }));
  });

  it('writes IPv6 as RFC 5952 says', () => {
    fc.assert(fc.property(fc.ipV6().filter((text) => !/^::[\d.]+\.\d+$/.test(text)), (text) => {
      const canonical = canonicalAddress(text);
      expect(canonical).toBe(mapped.test(byUrl(text)) ? null : byUrl(text));
    }), { numRuns: 1_000 });
  });

  it('takes the same address in any spelling of its groups', () => {
    const groups = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 });
    fc.assert(fc.property(groups, (numbers) => {
      const plain = numbers.map((number) => number.toString(16)).join(':');
      const padded = numbers.map((number) => number.toString(16).toUpperCase().padStart(4, '0')).join(':');
      expect(canonicalAddress(padded)).toBe(canonicalAddress(plain));
    }));
  });

  it.each([1_000_000, 46])('refuses what is repeated %i times', (length) => {
    for (const text of ['1', ':', '0:', '1.', '::', 'f:f::']) expect(canonicalAddress(text.repeat(length))).toBeNull();
  });
});

describe('IpAddress', () => {
  it('gives the canonical text, blanks around it aside', () => {
    expect(IpAddress.parse(' 2001:DB8:0::1\t')).toBe('2001:db8::1');
  });

  it.each([null, undefined, 1, {}, [], ['10.0.0.1'], 'x'.repeat(1_000_000), '::ffff:1.2.3.4'])('refuses %s', (value) => {
    expect(IpAddress.safeParse(value).success).toBe(false);
  });

  it('says what is wrong in a code that the interface can translate', () => {
    expect(IpAddress.safeParse('10.0.0.01').error?.issues[0]).toMatchObject({ code: 'custom', params: { code: 'notAnAddress' } });
  });
});

describe('an address of one family', () => {
  it('refuses the other one, and what is none at all with one reason', () => {
    expect(Ipv4Address.parse('10.0.0.1')).toBe('10.0.0.1');
    expect(Ipv6Address.parse('FD00::1')).toBe('fd00::1');
    for (const [schema, text, code, family] of [
      [Ipv4Address, 'fd00::1', 'wrongFamily'], [Ipv6Address, '10.0.0.1', 'wrongFamily'], [Ipv4Address, 'x', 'notAnAddress', 'ipv4'], [Ipv6Address, '::g', 'notAnAddress', 'ipv6'],
    ] as const) {
      expect(schema.safeParse(text).error?.issues.map((issue) => ('params' in issue ? issue.params : null))).toEqual([{ code, ...(family !== undefined && { family }) }]);
    }
  });
});

describe('addressScope', () => {
  it.each([
    ['0.0.0.0', 'unspecified'], ['::', 'unspecified'], ['255.255.255.255', 'broadcast'], ['224.0.0.0', 'multicast'], ['239.255.255.255', 'multicast'],
    ['ff02::1', 'multicast'], ['169.254.0.1', 'linkLocal'], ['fe80::1', 'linkLocal'], ['febf::1', 'linkLocal'], ['127.0.0.1', 'loopback'], ['127.255.0.1', 'loopback'],
    ['::1', 'loopback'], ['10.0.0.1', 'unicast'], ['223.255.255.255', 'unicast'], ['240.0.0.1', 'unicast'], ['22.4.0.1', 'unicast'], ['169.25.4.1', 'unicast'],
    ['ff::1', 'unicast'], ['fec0::1', 'unicast'], ['fd00::1', 'unicast'], ['0.0.0.1', 'unicast'], ['1::', 'unicast'],
  ])('of %s is %s', (address, scope) => expect(addressScope(address)).toBe(scope));

  it('is what ipaddr.js says, which calls all of 0.0.0.0/8 unspecified', () => {
    const first = fc.constantFrom('0', '127', '169.254', '223', '224', '239', '240', '255.255', 'ff', 'ff00', 'ff0e', 'fe7f', 'fe80', 'febf', 'fec0', '');
    const near = fc.tuple(first, fc.oneof(ipv4, ipv6)).map(([start, address]) => (
      familyOf(address) === 'ipv4' ? [...start.split('.'), ...address.split('.')].slice(0, 4).join('.') : `${start}${address.slice(address.indexOf(':'))}`))
      .map((text) => canonicalAddress(text)).filter((address) => address !== null);
    fc.assert(fc.property(fc.oneof(ipv4, ipv6, near), (address) => {
      const range = ipaddr.parse(address).range();
      const known = ['unspecified', 'multicast', 'broadcast', 'linkLocal', 'loopback'].includes(range) && !/^0\.(?!0\.0\.0$)/.test(address);
      expect(addressScope(address)).toBe(known ? range : 'unicast');
    }), { numRuns: 2_000 });
  });
});

describe('Port', () => {
  it.each([0, 1, 80, 65_535])('takes %d', (port) => expect(Port.parse(port)).toBe(port));
  it.each([-1, 65_536, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '80', null, 80n])('refuses %s', (port) => {
    expect(Port.safeParse(port).success).toBe(false);
  });
});

describe('formatEndpoint', () => {
  it('puts IPv6 in brackets', () => {
    expect(formatEndpoint('10.0.0.1', 80)).toBe('10.0.0.1:80');
    expect(formatEndpoint('fd00::1', 80)).toBe('[fd00::1]:80');
  });
});

describe('addressBytes', () => {
  it('are in network order', () => {
    expect(addressBytes('10.0.1.255')).toEqual([10, 0, 1, 255]);
    expect(addressBytes('fd00::1:20')).toEqual([0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0x20]);
  });
});
