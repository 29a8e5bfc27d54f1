// The frames that tell a link who has an address now: gratuitous ARP (RFC 5227) and unsolicited neighbour advertisements (RFC 4861, 7.2.6).
import { ByteWriter } from '../byte-writer.ts';
import { addressBytes, familyOf } from '../address.ts';
import { malformed } from '../error.ts';
import { hardwareAddressBytes } from '../hardware-address.ts';
import { transportChecksum } from './checksum.ts';

export const ETH_P_ARP = 0x0806;
export const ETH_P_IPV6 = 0x86dd;

export interface Frame {
  readonly bytes: Uint8Array;
  readonly protocol: number;
  /** Where it goes on the link. */
  readonly destination: Uint8Array;
}

const BROADCAST = new Uint8Array(6).fill(0xff);
/** 33:33 and the last four bytes of ff02::1 (RFC 2464). */
const ALL_NODES_MAC = Uint8Array.of(0x33, 0x33, 0, 0, 0, 1);
const ARP_REQUEST = 1;
export const ICMPV6 = 58;
export const NEIGHBOUR_ADVERTISEMENT = 136;
/** Override: the neighbours take this hardware address in place of the one that they have. */
const FLAG_OVERRIDE = 0x2000_0000;
const TARGET_LINK_LAYER_ADDRESS = 2;

export function ethernet(writer: ByteWriter, destination: Uint8Array, source: Uint8Array, protocol: number): void {
  writer.bytes(destination);
  writer.bytes(source);
  writer.be16(protocol);
}

/** Who has `target`, asked by `sender`: both of 4 bytes. */
export function arpRequest(sender: Uint8Array, target: Uint8Array, hardwareAddress: string): Frame {
  const mac = hardwareAddressBytes(hardwareAddress);
  const writer = new ByteWriter();
  ethernet(writer, BROADCAST, mac, ETH_P_ARP);
  // Ethernet (1), IPv4 (0x0800), lengths 6 and 4.
  writer.be16(1);
  writer.be16(0x0800);
  writer.u8(6);
  writer.u8(4);
  writer.be16(ARP_REQUEST);
  writer.bytes(mac);
  writer.bytes(sender);
  writer.zeros(6);
  writer.bytes(target);
  return { bytes: writer.written, protocol: ETH_P_ARP, destination: BROADCAST };
}

/** An ARP request of an address for itself: that form changes the neighbours' entries at once. */
export function gratuitousArp(address: string, hardwareAddress: string): Frame {
  if (familyOf(address) !== 'ipv4') throw malformed('gratuitous ARP', `${address} is no IPv4 address`);
  const own = addressBytes(address);
  return arpRequest(own, own, hardwareAddress);
}

/** Sent from the address itself to all nodes, unasked. */
export function neighbourAdvertisement(address: string, hardwareAddress: string): Frame {
  if (familyOf(address) !== 'ipv6') throw malformed('neighbour advertisement', `${address} is no IPv6 address`);
  const own = addressBytes(address);
  const mac = hardwareAddressBytes(hardwareAddress);
  const allNodes = addressBytes('ff02::1');
  const body = new ByteWriter();
  body.u8(NEIGHBOUR_ADVERTISEMENT);
  body.u8(0);
  body.be16(0);
  body.be32(FLAG_OVERRIDE);
  body.bytes(own);
  body.u8(TARGET_LINK_LAYER_ADDRESS);
  body.u8(1);
  body.bytes(mac);
  return icmpv6Frame({ source: own, destination: allNodes, body: body.written }, mac, ALL_NODES_MAC);
}

export interface Icmpv6 {
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  /** Its checksum is filled in. */
  readonly body: Uint8Array;
}

export function icmpv6Frame({ source, destination, body }: Icmpv6, hardwareAddress: Uint8Array, destinationMac: Uint8Array): Frame {
  const sum = transportChecksum(source, destination, ICMPV6, body);
  body[2] = sum >>> 8;
  body[3] = sum;
  const writer = new ByteWriter();
  ethernet(writer, destinationMac, hardwareAddress, ETH_P_IPV6);
  // Version 6, no traffic class, no flow label; hop limit 255, or it is ignored.
  writer.be32(0x6000_0000);
  writer.be16(body.length);
  writer.u8(ICMPV6);
  writer.u8(255);
  writer.bytes(source);
  writer.bytes(destination);
  writer.bytes(body);
  return { bytes: writer.written, protocol: ETH_P_IPV6, destination: destinationMac };
}

/** The frame that announces an address of either family. */
export function announcement(address: string, hardwareAddress: string): Frame {
  return familyOf(address) === 'ipv4' ? gratuitousArp(address, hardwareAddress) : neighbourAdvertisement(address, hardwareAddress);
}
