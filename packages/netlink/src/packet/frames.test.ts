import { expect, test } from 'vitest';
import { hex } from '../testing/messages.ts';
import { announcement, gratuitousArp } from './frames.ts';

const mac = '52:54:00:12:34:56';

test('announces an IPv4 address by a request for itself', () => {
  const frame = announcement('192.168.8.200', mac);
  expect(Buffer.from(frame.bytes)).toEqual(hex(
    'ffffffffffff 525400123456 0806 0001 0800 06 04 0001 525400123456 c0a808c8 000000000000 c0a808c8'));
  expect([frame.bytes.length, frame.protocol]).toEqual([42, 0x0806]);
});

test('announces an IPv6 address by an advertisement to all nodes that overrides', () => {
  const frame = announcement('fd00::c8', mac);
  const bytes = Buffer.from(frame.bytes);
  expect(bytes).toEqual(hex(
    `333300000001 525400123456 86dd 60000000 0020 3a ff fd0000000000000000000000000000c8
     ff020000000000000000000000000001 8800 ${bytes.toString('hex', 56, 58)} 20000000
     fd0000000000000000000000000000c8 0201 525400123456`));
});

test('sums an advertisement so that its receiver finds nothing wrong', () => {
  const bytes = Buffer.from(announcement('2001:db8::7', mac).bytes);
  const pseudo = Buffer.concat([bytes.subarray(22, 54), Buffer.from([0, 0, 0, 32, 0, 0, 0, 58]), bytes.subarray(54)]);
  let sum = 0;
  for (let at = 0; at < pseudo.length; at += 2) sum += pseudo.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  expect(sum).toBe(0xffff);
});

test('refuses what it cannot say', () => {
  expect(() => gratuitousArp('fd00::1', mac)).toThrow('no IPv4 address');
  expect(() => announcement('10.0.0.1', '52:54:00:12:34')).toThrow('hardware address');
  expect(() => announcement('10.0.0.256', mac)).toThrow('address');
});
