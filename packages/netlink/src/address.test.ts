import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressBytes, addressText, familyOf, familyOfNumber } from './address.ts';
import { hardwareAddressBytes, hardwareAddressText } from './hardware-address.ts';

test.each([
  '', '1.2.3', '1.2.3.4.5', '1.2.3.256', '1.2.3.', '.1.2.3', '1..2.3', '1.2.3.0004', '1.2.3.-1', '1.2.3.4 ', '١.2.3.4', 'fe80::1%eth0', '::g', ':', '12345::',
])('takes %j for no address', (text) => {
  expect(() => addressBytes(text)).toThrow('is none');
});

test('writes and reads addresses of both families', () => {
  fc.assert(fc.property(fc.ipV4(), (text) => {
    expect(addressText('ipv4', addressBytes(text))).toBe(text);
  }));
  fc.assert(fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
    const text = addressText('ipv6', bytes);
    expect(familyOf(text)).toBe('ipv6');
    expect(addressBytes(text)).toEqual(bytes);
  }));
});

test('reads an IPv4 address from the 16 bytes of the kernel\'s union, and none from too few', () => {
  expect(addressText('ipv4', [10, 0, 0, 1, ...Array.from({ length: 12 }, () => 0)])).toBe('10.0.0.1');
  expect(() => addressText('ipv6', [10, 0, 0, 1])).toThrow('ipv6 needs more');
  expect(() => familyOfNumber(7)).toThrow('neither AF_INET nor AF_INET6');
});

test('writes and reads hardware addresses, and knows those that are none of Ethernet', () => {
  expect(hardwareAddressText(hardwareAddressBytes('52:54:00:AB:cd:56'))).toBe('52:54:00:ab:cd:56');
  expect(hardwareAddressText(Uint8Array.of(10, 0, 0, 1))).toBeNull();
});
