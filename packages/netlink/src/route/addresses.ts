// Addresses of interfaces (linux/if_addr.h). `protocol` says who put them there: a mark of ownership (kernel 5.18 and later).
import { addressBytes, addressText, AF, familyOf, familyOfNumber } from '../address.ts';
import type { Family } from '../address.ts';
import { binary, u32, u8 } from '../attribute/codec.ts';
import { AttributeTable, optional } from '../attribute/table.ts';
import type { Connection, Request } from '../connection.ts';
import { malformed } from '../error.ts';
import { NLM_F_CREATE, NLM_F_EXCL } from '../message.ts';
import type { Message } from '../message.ts';
import { behindHeader } from './connection.ts';

const RTM_NEWADDR = 20;
const RTM_DELADDR = 21;
const RTM_GETADDR = 22;
/** ifaddrmsg: u8 family, u8 prefix length, u8 flags, u8 scope, u32 interface index. */
const HEADER = 8;
/** Duplicate address detection would leave a VIP unusable for a second, or for good where its old holder still answers. */
const IFA_F_NODAD = 0x02;

/**
 * ifa_cacheinfo: preferred for 0 s, valid for ever; two u32 that the kernel fills in. An IPv6 address that is preferred becomes the source of what the
 * host itself sends, a /128 before all others: tunnels to real servers would come from the VIP, which these have too and drop.
 */
const DEPRECATED = Uint8Array.of(0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0);

const table = new AttributeTable('address', {
  address: optional(1, binary(4, 16)),
  local: optional(2, binary(4, 16)),
  cacheInfo: optional(6, binary(16)),
  flags: optional(8, u32),
  protocol: optional(11, u8),
});

export interface InterfaceAddress {
  readonly family: Family;
  readonly address: string;
  readonly prefixLength: number;
  readonly interfaceIndex: number;
  /** 1 to 3 are the kernel's own. Null where nobody said, or the kernel does not keep it. */
  readonly protocol: number | null;
}

/** Null for addresses that are not of IP. */
function readInterfaceAddress(message: Message): InterfaceAddress | null {
  const { bytes, start, end } = message;
  const attributes = behindHeader(message, HEADER, 'address');
  const number = bytes[start] ?? 0;
  if (number !== AF.ipv4 && number !== AF.ipv6) return null;
  const row = table.read(bytes, attributes, end);
  const family = familyOfNumber(number);
  // On a point-to-point link `address` is the peer's.
  const own = row.local ?? row.address;
  if (own === undefined) throw malformed('address', 'has neither a local address nor another');
  return {
    family, address: addressText(family, own), prefixLength: bytes[start + 1] ?? 0, interfaceIndex: bytes.readUInt32LE(start + 4),
    protocol: row.protocol ?? null,
  };
}

export function interfaceAddresses(connection: Connection): InterfaceAddress[] {
  return connection.dump(
    { operation: 'list', object: 'addresses', type: RTM_GETADDR, write: (writer) => writer.zeros(HEADER) }, readInterfaceAddress,
  ).filter((address) => address !== null);
}

export interface AddressChange {
  readonly address: string;
  readonly prefixLength: number;
  readonly interfaceIndex: number;
}

function change(operation: string, type: number, flags: number, { address, prefixLength, interfaceIndex }: AddressChange, protocol?: number): Request {
  const family = familyOf(address);
  const bytes = addressBytes(address);
  const isIpv6 = family === 'ipv6';
  const addsIpv6 = isIpv6 && type === RTM_NEWADDR;
  return {
    operation, type, flags, object: `address ${address}/${prefixLength} on interface ${interfaceIndex}`,
    write(writer) {
      writer.u8(AF[family]);
      writer.u8(prefixLength);
      writer.u8(0);
      writer.u8(0);
      writer.u32(interfaceIndex);
      table.write(writer, {
        address: bytes, local: isIpv6 ? undefined : bytes, cacheInfo: addsIpv6 ? DEPRECATED : undefined, flags: addsIpv6 ? IFA_F_NODAD : undefined, protocol,
      });
    },
  };
}

/** EEXIST where it is there already. `protocol` marks it as put there by us. */
export function addInterfaceAddress(connection: Connection, what: AddressChange, protocol: number): void {
  connection.run(change('add', RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, what, protocol));
}

/** EADDRNOTAVAIL where it is not there with this prefix length. */
export function removeInterfaceAddress(connection: Connection, what: AddressChange): void {
  connection.run(change('remove', RTM_DELADDR, 0, what));
}
