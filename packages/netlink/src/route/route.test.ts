import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Connection } from '../connection.ts';
import { NetlinkError } from '../error.ts';
import { acknowledgement, done, hex, reply } from '../testing/messages.ts';
import { ScriptedTransport } from '../testing/scripted-transport.ts';
import { addInterfaceAddress, interfaceAddresses, removeInterfaceAddress } from './addresses.ts';
import { links } from './links.ts';

interface Bench {
  readonly connection: Connection;
  readonly transport: ScriptedTransport;
}

/** Answers with these bodies, and then that it is done. */
function bench(type: number, ...bodies: readonly Uint8Array[]): Bench {
  const transport = new ScriptedTransport(({ sequence, flags }) => [
    ...bodies.map((body) => reply(type, sequence, body)), (flags & 0x300) === 0x300 ? done(sequence) : acknowledgement(sequence),
  ]);
  return { transport, connection: new Connection(() => transport) };
}

const eth0 = hex('00000100 02000000 43100100 00000000 09000300 65746830 00000000 08000400 dc050000 05001000 06000000 0a000100 525400123456 0000');

test('reads links', () => {
  const veth = hex('00000100 03000000 02100000 00000000 07000300 76310000 08000400 dc050000 05001000 02000000 0c001280 08000100 76657468');
  expect(links(bench(16, eth0, veth).connection)).toEqual([
    { index: 2, name: 'eth0', mtuBytes: 1_500, up: true, running: true, loopback: false, arp: true, kind: null, hardwareAddress: '52:54:00:12:34:56' },
    { index: 3, name: 'v1', mtuBytes: 1_500, up: false, running: false, loopback: false, arp: true, kind: 'veth', hardwareAddress: null },
  ]);
});

test('reads addresses with who put them there', () => {
  const vip = hex('02208000 02000000 08000100 c0a808c8 08000200 c0a808c8 08000800 80000000 05000b00 4c000000');
  const failed = hex('0a804800 02000000 14000100 fd0000000000000000000000000000c8 08000800 48000000');
  expect(interfaceAddresses(bench(20, vip, failed).connection)).toEqual([
    { family: 'ipv4', address: '192.168.8.200', prefixLength: 32, interfaceIndex: 2, protocol: 0x4c },
    { family: 'ipv6', address: 'fd00::c8', prefixLength: 128, interfaceIndex: 2, protocol: null },
  ]);
});

test('steps over addresses that are not of IP', () => {
  const phonet = hex('23008000 02000000 05000200 10000000');
  const own = hex('02188000 02000000 08000200 c0a8080a');
  expect(interfaceAddresses(bench(20, phonet, own).connection).map(({ address }) => address)).toEqual(['192.168.8.10']);
});

test('adds an address as ours, without waiting for duplicates and in IPv6 never as a source, and removes it', () => {
  const { connection, transport } = bench(20);
  addInterfaceAddress(connection, { address: '192.168.8.200', prefixLength: 32, interfaceIndex: 2 }, 0x4c);
  addInterfaceAddress(connection, { address: 'fd00::c8', prefixLength: 128, interfaceIndex: 2 }, 0x4c);
  removeInterfaceAddress(connection, { address: 'fd00::c8', prefixLength: 128, interfaceIndex: 2 });
  expect(transport.sent).toEqual([
    hex('30000000 1400 0506 01000000 00000000 02200000 02000000 08000100 c0a808c8 08000200 c0a808c8 05000b00 4c000000'),
    hex('50000000 1400 0506 02000000 00000000 0a800000 02000000 14000100 fd0000000000000000000000000000c8 14000600 00000000 ffffffff 00000000 00000000 08000800 02000000 05000b00 4c000000'),
    hex('2c000000 1500 0500 03000000 00000000 0a800000 02000000 14000100 fd0000000000000000000000000000c8'),
  ]);
});

const readers = [links, interfaceAddresses];

function attempt(reader: (connection: Connection) => readonly unknown[], bytes: Uint8Array): void {
  try {
    reader(bench(16, bytes).connection);
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
  }
}

test('answers any bytes with rows or its error', () => {
  fc.assert(fc.property(fc.constantFrom(...readers), fc.uint8Array({ maxLength: 64 }), (reader, bytes) => {
    expect(() => attempt(reader, bytes)).not.toThrow();
  }), { numRuns: 1_000 });
});
