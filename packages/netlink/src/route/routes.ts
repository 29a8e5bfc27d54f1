// Which way a packet takes from this host (linux/rtnetlink.h, RTM_GETROUTE).
import { addressBytes, addressText, AF, familyOf } from '../address.ts';
import { binary, u32 } from '../attribute/codec.ts';
import { AttributeTable, optional } from '../attribute/table.ts';
import type { Connection } from '../connection.ts';
import type { Message } from '../message.ts';
import { behindHeader } from './connection.ts';

const RTM_GETROUTE = 26;
/** rtmsg: u8 family, u8 destination length, u8 source length, u8 tos, u8 table, u8 protocol, u8 scope, u8 type, u32 flags. */
const HEADER = 12;
const TYPE_AT = 7;
const RTN_UNICAST = 1;
const RTN_LOCAL = 2;

const table = new AttributeTable('route', {
  destination: optional(1, binary(4, 16)),
  interfaceIndex: optional(4, u32),
  gateway: optional(5, binary(4, 16)),
  preferredSource: optional(7, binary(4, 16)),
});

export interface Route {
  /** `local`: it does not leave this host; `other`: it is thrown away. */
  readonly kind: 'unicast' | 'local' | 'other';
  readonly interfaceIndex: number | null;
  /** Null: the address itself is on the link. */
  readonly gateway: string | null;
  /** Whose address stands on the packet where nothing else is asked for. */
  readonly source: string | null;
}

function addressOf(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : addressText(bytes.length === 4 ? 'ipv4' : 'ipv6', bytes);
}

function readRoute(message: Message): Route {
  const { bytes, start, end } = message;
  const row = table.read(bytes, behindHeader(message, HEADER, 'route'), end);
  const type = bytes[start + TYPE_AT];
  return {
    kind: type === RTN_UNICAST ? 'unicast' : type === RTN_LOCAL ? 'local' : 'other',
    interfaceIndex: row.interfaceIndex ?? null, gateway: addressOf(row.gateway), source: addressOf(row.preferredSource),
  };
}

/** ENETUNREACH where there is no way. */
export function routeTo(connection: Connection, address: string): Route | null {
  const bytes = addressBytes(address);
  const [route] = connection.request({
    operation: 'find', object: `route to ${address}`, type: RTM_GETROUTE,
    write(writer) {
      writer.u8(AF[familyOf(address)]);
      writer.u8(bytes.length * 8);
      writer.zeros(HEADER - 2);
      table.write(writer, { destination: bytes });
    },
  }, readRoute);
  return route ?? null;
}
