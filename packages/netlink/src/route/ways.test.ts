import { constantFrom, assert, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { Connection } from '../connection.ts';
import { NetlinkError } from '../error.ts';
import { acknowledgement, hex, reply } from '../testing/messages.ts';
import { ScriptedTransport } from '../testing/scripted-transport.ts';
import { askForNeighbour, linkAddressOf } from './neighbours.ts';
import { routeTo } from './routes.ts';

interface Bench {
  readonly connection: Connection;
  readonly transport: ScriptedTransport;
}

function bench(type: number, ...bodies: readonly Uint8Array[]): Bench {
  const transport = new ScriptedTransport(({ sequence }) => [...bodies.map((body) => reply(type, sequence, body)), acknowledgement(sequence)]);
  return { transport, connection: new Connection(() => transport) };
}

function refusing(errno: number): Connection {
  return new Connection(() => new ScriptedTransport(({ sequence }) => [acknowledgement(sequence, errno)]));
}

const rs1 = { address: '192.168.8.20', interfaceIndex: 2 };

test('finds the way to an address, on the link and behind a gateway', () => {
  const onLink = hex('02200000 fe000001 00000000 08000100 c0a80814 08000400 02000000 08000700 c0a8080a');
  const { connection, transport } = bench(24, onLink);
  expect(routeTo(connection, rs1.address)).toEqual({ kind: 'unicast', interfaceIndex: 2, gateway: null, source: '192.168.8.10' });
  expect(transport.sent).toEqual([hex('24000000 1a00 0500 01000000 00000000 02200000 00000000 00000000 08000100 c0a80814')]);
  const behind = hex('02200000 fe000001 00000000 08000400 03000000 08000500 c0a80801');
  expect(routeTo(bench(24, behind).connection, rs1.address)).toEqual({ kind: 'unicast', interfaceIndex: 3, gateway: '192.168.8.1', source: null });
  const own = hex('02200000 ff000002 00000000 08000400 01000000');
  expect(routeTo(bench(24, own).connection, rs1.address)).toMatchObject({ kind: 'local' });
});

const entry = (state: string): Uint8Array => hex(`02000000 02000000 ${state} 00 01 08000100 c0a80814 0a000200 525400123456 0000`);

test('knows who has an address, and whether that is sure', () => {
  const bytes = Uint8Array.of(0x52, 0x54, 0, 0x12, 0x34, 0x56);
  expect(linkAddressOf(bench(28, entry('0200')).connection, rs1)).toEqual({ bytes, isSure: true });
  expect(linkAddressOf(bench(28, entry('0400')).connection, rs1)).toEqual({ bytes, isSure: false });
  expect(linkAddressOf(bench(28, entry('2000')).connection, rs1)).toBeNull();
  expect(linkAddressOf(bench(28, hex('02000000 02000000 0100 00 01 08000100 c0a80814')).connection, rs1)).toBeNull();
  expect(linkAddressOf(refusing(2), rs1)).toBeNull();
  expect(() => linkAddressOf(refusing(1), rs1)).toThrow('find neighbour 192.168.8.20: EPERM');
});

test('lets the kernel ask', () => {
  const { connection, transport } = bench(28);
  askForNeighbour(connection, rs1);
  expect(transport.sent).toEqual([hex('24000000 1c00 0504 01000000 00000000 02000000 02000000 0000 01 00 08000100 c0a80814')]);
});

const readers = [(connection: Connection): unknown => routeTo(connection, rs1.address), (connection: Connection): unknown => linkAddressOf(connection, rs1)];

function attempt(reader: (connection: Connection) => unknown, bytes: Uint8Array): void {
  try {
    reader(bench(24, bytes).connection);
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
  }
}

test('answers any bytes with a row or its error', () => {
  assert(property(constantFrom(...readers), uint8Array({ maxLength: 64 }), (reader, bytes) => {
    expect(() => attempt(reader, bytes)).not.toThrow();
  }), { numRuns: 1_000 });
});
