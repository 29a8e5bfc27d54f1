// Where packets to an address go: what `ip route get` tells.
import { addressBytes, addressText, AF, familyOf } from '../address.ts';
import { binary, u32 } from '../attribute/codec.ts';
import { AttributeTable, optional } from '../attribute/table.ts';
import type { Connection } from '../connection.ts';
import { malformed } from '../error.ts';
import type { Message } from '../message.ts';
import { behindHeader } from './connection.ts';

const RTM_GETROUTE = 26;
/** rtmsg: u8 family, dst_len, src_len, tos, table, protocol, scope, type; u32 flags. */
const HEADER = 12;
const RTN_LOCAL = 2;

const table = new AttributeTable('route', {
  destination: optional(1, binary(4, 16)),
  interfaceIndex: optional(4, u32),
  gateway: optional(5, binary(4, 16)),
  source: optional(7, binary(4, 16)),
});

export interface Route {
  /** Null where packets leave by no interface: an unreachable or blackhole route that is not answered with an error. */
  readonly interfaceIndex: number | null;
  /** Null on the link itself. */
  readonly gateway: string | null;
  /** The address that this host would send from. */
  readonly source: string | null;
  /** An address of this host. */
  readonly local: boolean;
}

/** ENETUNREACH and the like throw: there is no route. */
export function routeTo(connection: Connection, destination: string): Route {
  const family = familyOf(destination);
  const bytes = addressBytes(destination);
  const read = (message: Message): Route => {
    const row = table.read(message.bytes, behindHeader(message, HEADER, 'route'), message.end);
    return {
      interfaceIndex: row.interfaceIndex ?? null,
      gateway: row.gateway === undefined ? null : addressText(family, row.gateway),
      source: row.source === undefined ? null : addressText(family, row.source),
      local: message.bytes[message.start + 7] === RTN_LOCAL,
    };
  };
  const [route] = connection.request({
    operation: 'find', object: `route to ${destination}`, type: RTM_GETROUTE,
    write(writer) {
      writer.u8(AF[family]);
      writer.u8(bytes.length * 8);
      writer.zeros(HEADER - 2);
      table.write(writer, { destination: bytes });
    },
  }, read);
  if (route === undefined) throw malformed(`route to ${destination}`, 'was not answered');
  return route;
}
