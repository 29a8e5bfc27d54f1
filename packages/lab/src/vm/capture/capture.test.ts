// Captured bytes, decoded; and bytes that are cut, wrong or random, which give an error or nothing but never a read beyond them.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, type Frame } from './frame.ts';
import { decodeIp } from './packet.ts';
import { PcapReader } from './pcap.ts';

const macs = '020000000201020000000101';
const syn = 'c35000500000000100000000a002faf0000000000204ffd7';
const header4 = (protocol: string, length: string, from = 'c0a80864', to = 'c0a808c8'): string => `4500${length}123440003f${protocol}0000${from}${to}`;

const ipv6 = (next: string, length: string): string => `86dd60000000${length}${next}fffd000008000000000000000000000200ff020000000000000000000000000001`;

function frame(hex: string): Frame | undefined {
  const bytes = Buffer.from(hex, 'hex');
  return decodeFrame({ atUs: 0n, lengthBytes: bytes.length, bytes });
}

const innerSyn = { ip: { version: 4, source: '192.168.8.100', destination: '192.168.8.200', ttl: 63, protocol: 6, dontFragment: true }, tcp: { sourcePort: 50_000, destinationPort: 80, flags: ['SYN'] } };

describe('a frame', () => {
  it('of TCP over IPv4 is read without its padding', () => {
    const read = frame(`${macs}0800${header4('06', '002e')}c350005000000001000000005018faf0000000006162636465660000`);
    expect(read).toMatchObject({ sourceMac: '02:00:00:00:01:01', destinationMac: '02:00:00:00:02:01', packet: { ip: innerSyn.ip, tcp: { flags: ['PSH', 'ACK'], sequence: 1 } } });
    expect(read?.packet?.tcp?.payload.toString()).toBe('abcdef');
  });

  it('of ARP tells who asks and who answers', () => {
    expect(frame(`ffffffffffff02000000010108060001080006040001020000000101c0a80864000000000000c0a808c8`)?.arp).toEqual({
      operation: 'request',
      senderMac: '02:00:00:00:01:01',
      senderIp: '192.168.8.100',
      targetMac: '00:00:00:00:00:00',
      targetIp: '192.168.8.200',
    });
  });

  it('of IPv6 tells neighbours, behind extension headers too', () => {
    const advertisement = '8800000060000000fd0000080000000000000000000002000201020000000101';
    expect(frame(`${macs}${ipv6('3a', '0020')}${advertisement}`)?.packet).toMatchObject({
      ip: { version: 6, source: 'fd00:8::200', destination: 'ff02::1', ttl: 255, protocol: 58 },
      icmp: { type: 136, neighbour: { kind: 'advertisement', target: 'fd00:8::200' } },
    });
    expect(frame(`${macs}${ipv6('00', '0028')}3a00000000000000${advertisement}`)?.packet?.icmp?.neighbour?.target).toBe('fd00:8::200');
  });

  it('of a router that asks for smaller packets tells their size', () => {
    expect(frame(`${macs}0800${header4('01', '001c')}03040000000005c8`)?.packet?.icmp).toEqual({ type: 3, code: 4, mtu: 1480 });
  });

  it.each([
    ['ipip', `${header4('04', '0040', 'c0a8080a', 'c0a8081e')}${header4('06', '002c')}${syn}`],
    ['gre', `${header4('2f', '0044', 'c0a8080a', 'c0a8081e')}00000800${header4('06', '002c')}${syn}`],
    ['gre', `${header4('2f', '0048', 'c0a8080a', 'c0a8081e')}8000080000000000${header4('06', '002c')}${syn}`],
    ['gue', `${header4('11', '004c', 'c0a8080a', 'c0a8081e')}c35017c00038000000040000${header4('06', '002c')}${syn}`],
  ])('of a tunnel (%s) shows the packet inside', (kind, hex) => {
    expect(frame(`${macs}0800${hex}`)?.packet).toMatchObject({ ip: { source: '192.168.8.10', destination: '192.168.8.30' }, tunnel: { kind, inner: innerSyn } });
  });

  it('that is cut tells what is there', () => {
    expect(frame(macs)).toBeUndefined();
    expect(frame(`${macs}0800450000`)).not.toHaveProperty('packet');
    expect(frame(`${macs}0800${header4('06', '0028')}c350`)?.packet).not.toHaveProperty('tcp');
    expect(frame(`${macs}0806000108`)).not.toHaveProperty('arp');
  });

  it('of any bytes is read without an error', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('0800', '86dd', '0806'), (bytes, type) => {
      expect(frame(`${macs}${type}${Buffer.from(bytes).toString('hex')}`)?.sourceMac).toBe('02:00:00:00:01:01');
    }), { numRuns: 2_000 });
  });

  it('of tunnels in tunnels is read to a depth', () => {
    const deep = Buffer.from(header4('04', 'ffff').repeat(50), 'hex');
    let depth = 0;
    for (let packet = decodeIp(deep); packet !== undefined; packet = packet.tunnel?.inner) depth += 1;
    expect(depth).toBe(4);
  });
});

function record(bytes: Buffer): Buffer {
  const header = Buffer.alloc(16);
  [1_700_000_000, 250_000, bytes.length, bytes.length + 10].forEach((value, index) => header.writeUInt32LE(value, index * 4));
  return Buffer.concat([header, bytes]);
}

describe('a pcap stream', () => {
  const head = Buffer.from('d4c3b2a10200040000000000000000000000040001000000', 'hex');
  it('is read in pieces of any size', () => {
    const stream = Buffer.concat([head, record(Buffer.from('first')), record(Buffer.alloc(0)), record(Buffer.from('third'))]);
    fc.assert(fc.property(fc.integer({ min: 1, max: stream.length }), (step) => {
      const reader = new PcapReader();
      const packets = [];
      for (let at = 0; at < stream.length; at += step) packets.push(...reader.push(stream.subarray(at, at + step)));
      expect(packets.map(({ bytes }) => bytes.toString())).toEqual(['first', '', 'third']);
      expect(packets[0]).toMatchObject({ atUs: 1_700_000_000_250_000n, lengthBytes: 15 });
    }));
  });

  it('is refused when it is none', () => {
    expect(() => new PcapReader().push(Buffer.from('tcpdump: no such device exists'))).toThrow('not a pcap stream');
    const linux = Buffer.from(head);
    linux.writeUInt32LE(113, 20);
    expect(() => new PcapReader().push(linux)).toThrow('link type 113');
    const huge = Buffer.alloc(16);
    huge.writeUInt32LE(1_000_000, 8);
    expect(() => new PcapReader().push(Buffer.concat([head, huge]))).toThrow('a captured packet of 1000000 bytes');
  });
});
