// Who has an address on a link (linux/neighbour.h).
import { addressBytes, AF, familyOf } from '../address.ts';
import { binary } from '../attribute/codec.ts';
import { AttributeTable, optional } from '../attribute/table.ts';
import type { ByteWriter } from '../byte-writer.ts';
import type { Connection } from '../connection.ts';
import { NetlinkError } from '../error.ts';
import { NLM_F_CREATE } from '../message.ts';
import type { Message } from '../message.ts';
import { behindHeader } from './connection.ts';

const RTM_NEWNEIGH = 28;
const RTM_GETNEIGH = 30;
/** ndmsg: u8 family, u8 and u16 padding, s32 interface, u16 state, u8 flags, u8 type. */
const HEADER = 12;
const STATE_AT = 8;
/** NUD_REACHABLE, NUD_PERMANENT: nobody needs to ask. */
const SURE = 0x02 | 0x80;
/** NUD_INCOMPLETE, NUD_FAILED: what stands there is no answer. */
const UNKNOWN = 0x01 | 0x20;
/** The kernel asks, as it does when it has a packet to send. */
const NTF_USE = 0x01;
const LONGEST_ADDRESS = 32;

const table = new AttributeTable('neighbour', {
  destination: optional(1, binary(4, 16)),
  linkAddress: optional(2, binary(0, LONGEST_ADDRESS)),
});

export interface Neighbour {
  readonly address: string;
  readonly interfaceIndex: number;
}

/** `isSure`: it was heard from lately. */
export interface LinkAddress {
  readonly bytes: Uint8Array;
  readonly isSure: boolean;
}

function body({ address, interfaceIndex }: Neighbour, flags: number): (writer: ByteWriter) => void {
  return (writer) => {
    writer.u8(AF[familyOf(address)]);
    writer.zeros(3);
    writer.u32(interfaceIndex);
    writer.u16(0);
    writer.u8(flags);
    writer.u8(0);
    table.write(writer, { destination: addressBytes(address) });
  };
}

function readLinkAddress(message: Message): LinkAddress | null {
  const { bytes, start, end } = message;
  const { linkAddress } = table.read(bytes, behindHeader(message, HEADER, 'neighbour'), end);
  const state = bytes.readUInt16LE(start + STATE_AT);
  if (linkAddress === undefined || linkAddress.length !== 6 || (state & UNKNOWN) !== 0) return null;
  return { bytes: Uint8Array.from(linkAddress), isSure: (state & SURE) !== 0 };
}

/** Null where nobody has answered for it. */
export function linkAddressOf(connection: Connection, neighbour: Neighbour): LinkAddress | null {
  try {
    const request = { operation: 'find', object: `neighbour ${neighbour.address}`, type: RTM_GETNEIGH, write: body(neighbour, 0) };
    return connection.request(request, readLinkAddress)[0] ?? null;
  } catch (error) {
    if (error instanceof NetlinkError && error.errno === 'ENOENT') return null;
    throw error;
  }
}

/** The kernel asks who has it, or whether who had it still does. */
export function askForNeighbour(connection: Connection, neighbour: Neighbour): void {
  connection.run({
    operation: 'ask for', object: `neighbour ${neighbour.address}`, type: RTM_NEWNEIGH, flags: NLM_F_CREATE, write: body(neighbour, NTF_USE),
  });
}
