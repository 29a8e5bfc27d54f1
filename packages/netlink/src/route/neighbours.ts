// Neighbours: which hardware address an IP address has on a link (linux/neighbour.h).
import { addressText, AF } from '../address.ts';
import type { Family } from '../address.ts';
import { binary } from '../attribute/codec.ts';
import { AttributeTable, optional } from '../attribute/table.ts';
import type { Connection } from '../connection.ts';
import { hardwareAddressText } from '../hardware-address.ts';
import type { Message } from '../message.ts';
import { behindHeader } from './connection.ts';

const RTM_GETNEIGH = 30;
/** ndmsg: u8 family, u8 and u16 padding, s32 interface index, u16 state, u8 flags, u8 type. */
const HEADER = 12;

/** NUD_*; an entry may also be without a state. */
const states = new Map<number, NeighbourState>([
  [0x01, 'incomplete'], [0x02, 'reachable'], [0x04, 'stale'], [0x08, 'delay'], [0x10, 'probe'], [0x20, 'failed'], [0x40, 'noarp'], [0x80, 'permanent'],
]);
export type NeighbourState = 'incomplete' | 'reachable' | 'stale' | 'delay' | 'probe' | 'failed' | 'noarp' | 'permanent' | 'none';

const table = new AttributeTable('neighbour', { destination: optional(1, binary(4, 16)), hardwareAddress: optional(2, binary(0, 32)) });

export interface Neighbour {
  readonly family: Family;
  readonly address: string;
  readonly hardwareAddress: string | null;
  readonly interfaceIndex: number;
  readonly state: NeighbourState;
}

/** Null for entries that are not of IP. */
export function readNeighbour(message: Message): Neighbour | null {
  const { bytes, start, end } = message;
  const row = table.read(bytes, behindHeader(message, HEADER, 'neighbour'), end);
  const number = bytes[start] ?? 0;
  if (row.destination === undefined || (number !== AF.ipv4 && number !== AF.ipv6)) return null;
  const family = number === AF.ipv4 ? 'ipv4' : 'ipv6';
  return {
    family, address: addressText(family, row.destination), interfaceIndex: bytes.readInt32LE(start + 4),
    hardwareAddress: row.hardwareAddress === undefined ? null : hardwareAddressText(row.hardwareAddress),
    state: states.get(bytes.readUInt16LE(start + 8)) ?? 'none',
  };
}

export function neighbours(connection: Connection): Neighbour[] {
  return connection.dump(
    { operation: 'list', object: 'neighbours', type: RTM_GETNEIGH, write: (writer) => writer.zeros(HEADER) }, readNeighbour,
  ).filter((neighbour) => neighbour !== null);
}
