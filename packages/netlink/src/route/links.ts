// Network interfaces (linux/if_link.h).
import { binary, text, u32, u8 } from '../attribute/codec.ts';
import { AttributeTable, optional, required } from '../attribute/table.ts';
import type { Connection } from '../connection.ts';
import { hardwareAddressText } from '../hardware-address.ts';
import type { Message } from '../message.ts';
import { behindHeader } from './connection.ts';

const RTM_GETLINK = 18;
/** ifinfomsg: u8 family, u8 padding, u16 type, s32 index, u32 flags, u32 change. */
const HEADER = 16;
/** net/if.h */
const IFF_UP = 0x1;
const IFF_LOOPBACK = 0x8;
const IFF_NOARP = 0x80;
/** IF_OPER_UNKNOWN, IF_OPER_UP: an interface without a notion of it says unknown. */
const OPER_UNKNOWN = 0;
const OPER_UP = 6;
/** MAX_ADDR_LEN */
const LONGEST_ADDRESS = 32;

const info = new AttributeTable('link info', { kind: optional(1, text(64)) });
const link = new AttributeTable('link', {
  address: optional(1, binary(0, LONGEST_ADDRESS)),
  /** IFNAMSIZ with its NUL is 16. */
  name: required(3, text(15)),
  mtu: required(4, u32),
  operState: optional(16, u8),
  info: optional(18, info),
});

export interface Link {
  readonly index: number;
  readonly name: string;
  readonly hardwareAddress: string | null;
  readonly mtuBytes: number;
  /** Set up by the administrator. */
  readonly up: boolean;
  /** Up, and able to send. */
  readonly running: boolean;
  readonly loopback: boolean;
  /** Whether neighbours on it have hardware addresses to ask for. */
  readonly arp: boolean;
  /** `veth`, `bridge`, `ipip`; null for hardware. */
  readonly kind: string | null;
}

function readLink(message: Message): Link {
  const { bytes, start, end } = message;
  const row = link.read(bytes, behindHeader(message, HEADER, 'link'), end);
  const flags = bytes.readUInt32LE(start + 8);
  const operState = row.operState ?? OPER_UNKNOWN;
  const up = (flags & IFF_UP) !== 0;
  return {
    index: bytes.readInt32LE(start + 4), name: row.name, mtuBytes: row.mtu, up,
    hardwareAddress: row.address === undefined ? null : hardwareAddressText(row.address),
    running: up && (operState === OPER_UP || operState === OPER_UNKNOWN),
    loopback: (flags & IFF_LOOPBACK) !== 0, arp: (flags & IFF_NOARP) === 0, kind: row.info?.kind ?? null,
  };
}

export function links(connection: Connection): Link[] {
  return connection.dump({ operation: 'list', object: 'links', type: RTM_GETLINK, write: (writer) => writer.zeros(HEADER) }, readLink);
}
