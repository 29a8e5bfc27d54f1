// Sends frames as they are on a link (linux/if_packet.h). Needs CAP_NET_RAW.
import { ByteWriter } from '../byte-writer.ts';
import { NetlinkError } from '../error.ts';
import { call, loadLibc } from '../libc.ts';
import type { Frame } from './frames.ts';

export const AF_PACKET = 17;
export const SOCK_RAW = 3;
export const SOCK_CLOEXEC = 0o2000000;
/** sockaddr_ll: u16 family, be16 protocol, s32 index, u16 hardware type, u8 packet type, u8 length, 8 bytes of address. */
const ADDRESS_LENGTH = 8;

export function linkAddress({ protocol, destination }: Omit<Frame, 'bytes'>, interfaceIndex: number): Uint8Array {
  const writer = new ByteWriter();
  writer.u16(AF_PACKET);
  writer.be16(protocol);
  writer.u32(interfaceIndex);
  writer.u16(0);
  writer.u8(0);
  writer.u8(destination.length);
  writer.bytes(destination);
  writer.zeros(ADDRESS_LENGTH - destination.length);
  return writer.written;
}

/** ENXIO where the interface is gone, ENETDOWN where it is down. */
export async function sendFrame(frame: Frame, interfaceIndex: number): Promise<void> {
  const libc = await loadLibc();
  const object = `frame of ${frame.bytes.length} bytes on interface ${interfaceIndex}`;
  // Protocol 0: it only sends, nothing is received.
  const fd = call(libc, 'open', 'packet socket', () => libc.socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
  try {
    const address = linkAddress(frame, interfaceIndex);
    const sent = call(libc, 'send', object, () => libc.sendto(fd, frame.bytes, frame.bytes.length, 0, address, address.length));
    if (sent !== frame.bytes.length) throw new NetlinkError('send', object, { reason: `took ${sent} bytes` });
  } finally {
    libc.close(fd);
  }
}
