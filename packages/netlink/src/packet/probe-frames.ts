// The question whether anybody has an address (RFC 5227 probe, RFC 4862 duplicate address detection), and what counts as a yes.
import { addressBytes, familyOf } from '../address.ts';
import { ByteWriter } from '../byte-writer.ts';
import { hardwareAddressBytes, hardwareAddressText } from '../hardware-address.ts';
import { arpRequest, ETH_P_ARP, ETH_P_IPV6, icmpv6Frame, ICMPV6, NEIGHBOUR_ADVERTISEMENT } from './frames.ts';
import type { Frame } from './frames.ts';

const NEIGHBOUR_SOLICITATION = 135;
const ETHERNET = 14;
const IPV6 = 40;

/** From nobody, so that no neighbour learns the asker as the owner. */
export function probeFrame(address: string, hardwareAddress: string): Frame {
  const target = addressBytes(address);
  if (familyOf(address) === 'ipv4') return arpRequest(new Uint8Array(4), target, hardwareAddress);
  // ff02::1:ff00:0 with the last three bytes of the target (RFC 4291, 2.7.1).
  const group = addressBytes('ff02::1:ff00:0').slice();
  group.set(target.subarray(13), 13);
  const body = new ByteWriter();
  body.u8(NEIGHBOUR_SOLICITATION);
  body.u8(0);
  body.be16(0);
  body.be32(0);
  body.bytes(target);
  return icmpv6Frame(
    { source: new Uint8Array(16), destination: group, body: body.written }, hardwareAddressBytes(hardwareAddress),
    Uint8Array.of(0x33, 0x33, ...group.subarray(12)));
}

function equal(bytes: Uint8Array, at: number, other: Uint8Array): boolean {
  return bytes.length >= at + other.length && other.every((byte, index) => bytes[at + index] === byte);
}

/** Any ARP packet that an address sends is the word of who has it. */
function arpOwner(frame: Uint8Array, target: Uint8Array): Uint8Array | null {
  const isIpv4OnEthernet = equal(frame, ETHERNET, Uint8Array.of(0, 1, 8, 0, 6, 4));
  return isIpv4OnEthernet && equal(frame, ETHERNET + 14, target) ? frame.subarray(ETHERNET + 8, ETHERNET + 14) : null;
}

function advertiser(frame: Uint8Array, target: Uint8Array): Uint8Array | null {
  const body = ETHERNET + IPV6;
  const isAdvertisement = frame[ETHERNET + 6] === ICMPV6 && frame[ETHERNET + 7] === 255 && frame[body] === NEIGHBOUR_ADVERTISEMENT;
  return isAdvertisement && equal(frame, body + 8, target) ? frame.subarray(6, 12) : null;
}

/** The hardware address that says in this frame that it has the address; null where the frame says no such thing. */
export function ownerIn(frame: Uint8Array, address: string): string | null {
  if (frame.length < ETHERNET) return null;
  const protocol = (frame[12] ?? 0) << 8 | (frame[13] ?? 0);
  const target = addressBytes(address);
  const owner = protocol === ETH_P_ARP && target.length === 4 ? arpOwner(frame, target)
    : protocol === ETH_P_IPV6 && target.length === 16 ? advertiser(frame, target) : null;
  return owner === null ? null : hardwareAddressText(owner);
}
