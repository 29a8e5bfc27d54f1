// Netlink and raw sockets: messages, attributes as tables, generic and route netlink.
export { addressBytes, addressText, AF, familyOf, familyOfNumber, ipv4Number, type Family } from './address.ts';
export { be16, be32, binary, s32, text, u16, u32, u64, u8, type Codec } from './attribute/codec.ts';
export { be16At, s32At, u16At, u64At } from './attribute/cursor.ts';
export type { AttributePlaces } from './attribute/places.ts';
export { AttributeTable, optional, required, type Part, type Row } from './attribute/table.ts';
export { ByteWriter } from './byte-writer.ts';
export { Connection, type ConnectionOptions, type Refusal, type Request, type Waiting } from './connection.ts';
export { malformed, NetlinkError } from './error.ts';
export { genericBody, genericRequest, NETLINK_GENERIC, resolveFamily, writeGeneric, type GenericCommand, type GenericFamily } from './generic.ts';
export { loadLibc } from './libc.ts';
export type { Message } from './message.ts';
export { announcement, gratuitousArp, neighbourAdvertisement, type Frame } from './packet/frames.ts';
export { sendFrame } from './packet/packet-socket.ts';
export { probeAddress, type AddressProbe } from './packet/probe.ts';
export { addInterfaceAddress, interfaceAddresses, removeInterfaceAddress, type AddressChange, type InterfaceAddress } from './route/addresses.ts';
export { openRouteConnection } from './route/connection.ts';
export { links, type Link } from './route/links.ts';
export { openSocket, type Transport } from './socket.ts';
