import { assert, property, uint8Array } from 'fast-check';
import { expect, it } from 'vitest';
import { checksum } from './checksum.ts';
import { readSegmentAnswer, segmentPacket, wrapped } from './segments.ts';
import type { Segment } from './segments.ts';
import { hex } from '../testing/messages.ts';

const syn: Segment = { kind: 'syn', source: '192.168.8.10', destination: '192.168.8.200', sourcePort: 64_000, destinationPort: 80, sequence: 0x01020304 };
const syn6: Segment = { ...syn, source: 'fd00:8::a', destination: 'fd00:8::c8' };

/** Of the pseudo header and all behind the header of IP: nothing is left where it is right. */
function sumOf(packet: Uint8Array): number {
  const isIpv6 = packet[0] === 0x60;
  const [start, addresses, protocol] = isIpv6 ? [40, packet.subarray(8, 40), packet[6] ?? 0] : [20, packet.subarray(12, 20), packet[9] ?? 0];
  const segment = packet.subarray(start);
  return checksum([addresses, Uint8Array.of(0, protocol, segment.length >> 8, segment.length & 0xff), segment]);
}

it('writes a SYN in IPv4 that nobody finds fault with', () => {
  const packet = segmentPacket(syn);
  expect(Buffer.from(packet)).toEqual(Buffer.concat([
    hex('4500 0028 0000 4000 40 06'), Buffer.from(packet.subarray(10, 12)), hex('c0a8080a c0a808c8 fa00 0050 01020304 00000000 5002 0400'), Buffer.from(packet.subarray(36, 38)), hex('0000'),
  ]));
  expect([checksum([packet.subarray(0, 20)]), sumOf(packet)]).toEqual([0, 0]);
});

it('writes a SYN and a RST in IPv6', () => {
  const packet = segmentPacket({ ...syn6, kind: 'rst' });
  expect(Buffer.from(packet.subarray(0, 8))).toEqual(hex('60000000 0014 06 40'));
  expect([packet.length, packet[53], sumOf(packet)]).toEqual([60, 0x04, 0]);
});

it('wraps a packet as each tunnel has it', () => {
  const [inner, inner6] = [segmentPacket(syn), segmentPacket(syn6)];
  const ends = { source: '10.0.0.1', destination: '10.0.0.2' };
  const ipip = wrapped(inner, 'ipv4', { ...ends, tunnel: { type: 'ipip' } });
  expect([ipip[9], checksum([ipip.subarray(0, 20)]), Buffer.from(ipip.subarray(20))]).toEqual([4, 0, Buffer.from(inner)]);
  expect(wrapped(inner6, 'ipv6', { ...ends, tunnel: { type: 'ipip' } })[9]).toBe(41);
  const gre = wrapped(inner, 'ipv4', { ...ends, tunnel: { type: 'gre', hasChecksum: false } });
  expect(Buffer.from(gre.subarray(20))).toEqual(Buffer.concat([hex('0000 0800'), inner]));
  const summed = wrapped(inner6, 'ipv6', { ...ends, tunnel: { type: 'gre', hasChecksum: true } });
  expect([Buffer.from(summed.subarray(20, 24)), checksum([summed.subarray(20)])]).toEqual([hex('8000 86dd'), 0]);
  const gue = wrapped(inner, 'ipv4', { ...ends, tunnel: { type: 'gue', port: 6_080 } });
  expect([gue[9], Buffer.from(gue.subarray(22, 26)), Buffer.from(gue.subarray(28, 32)), sumOf(gue)]).toEqual([17, hex('17c0 0034'), hex('00 04 0000'), 0]);
});

/** The same packet as if it came back, with other flags. */
function answerTo(segment: Segment, flags: number): Uint8Array {
  const packet = Uint8Array.from(segmentPacket({ ...segment, source: segment.destination, destination: segment.source, sourcePort: 80, destinationPort: 64_000 }));
  const tcp = packet[0] === 0x60 ? 40 : 20;
  packet[tcp + 13] = flags;
  new DataView(packet.buffer).setUint32(tcp + 8, 0x01020305);
  return packet;
}

it('reads what answers a SYN, and nothing else', () => {
  const answer = { source: '192.168.8.200', sourcePort: 80, destination: '192.168.8.10', destinationPort: 64_000, acknowledged: 0x01020305 };
  expect(readSegmentAnswer(answerTo(syn, 0x12))).toEqual({ kind: 'synAck', ...answer });
  expect(readSegmentAnswer(answerTo(syn, 0x14))).toEqual({ kind: 'rst', ...answer });
  expect(readSegmentAnswer(answerTo(syn6, 0x12))).toMatchObject({ kind: 'synAck', source: 'fd00:8::c8' });
  for (const flags of [0x02, 0x10, 0x11, 0x18]) expect(readSegmentAnswer(answerTo(syn, flags))).toBeNull();
  const cut = answerTo(syn, 0x12);
  for (let length = 0; length < cut.length; length += 1) expect(readSegmentAnswer(cut.subarray(0, length))).toBeNull();
  assert(property(uint8Array({ maxLength: 80 }), (bytes) => {
    expect(() => readSegmentAnswer(bytes)).not.toThrow();
  }));
});
