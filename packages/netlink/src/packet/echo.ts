// ICMP echo (ping) in both families: by the kernel's ping sockets where this process may, else by raw ones (CAP_NET_RAW).
import { randomBytes } from 'node:crypto';
import { constants } from 'node:os';
import { addressBytes, AF, familyOf } from '../address.ts';
import type { Family } from '../address.ts';
import { ByteWriter } from '../byte-writer.ts';
import { errnoName, NetlinkError } from '../error.ts';
import { call, loadLibc } from '../libc.ts';
import type { Libc } from '../libc.ts';
import { checksum } from './checksum.ts';

const SOCK_DGRAM = 2;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
const SOCK_NONBLOCK = 0o4000;
const MSG_DONTWAIT = 0x40;
const PROTOCOL: Readonly<Record<Family, number>> = { ipv4: 1, ipv6: 58 };
const REQUEST: Readonly<Record<Family, number>> = { ipv4: 8, ipv6: 128 };
const REPLY: Readonly<Record<Family, number>> = { ipv4: 0, ipv6: 129 };
const HEADER = 8;
const TOKEN = 16;
const LONGEST = 2_048;
const MOST_AT_ONCE = 64;

interface EchoSocket {
  readonly fd: number;
  readonly isRaw: boolean;
}

function openEcho(libc: Libc, family: Family): EchoSocket {
  const open = (type: number): number => libc.socket(AF[family], type | SOCK_CLOEXEC | SOCK_NONBLOCK, PROTOCOL[family]);
  const fd = open(SOCK_DGRAM);
  if (fd >= 0) return { fd, isRaw: false };
  return { fd: call(libc, 'open', `ICMP socket for ${family}`, () => open(SOCK_RAW)), isRaw: true };
}

/** Null: this process may. Else the name of what the system says. */
export async function echoRefusal(family: Family): Promise<string | null> {
  const libc = await loadLibc();
  try {
    libc.close(openEcho(libc, family).fd);
    return null;
  } catch (error) {
    if (error instanceof NetlinkError) return error.errno ?? error.message;
    throw error;
  }
}

/** sockaddr_in: u16 family, be16 port, 4 bytes; sockaddr_in6: u16 family, be16 port, u32 flow, 16 bytes, u32 scope. */
function socketAddress(address: string): Uint8Array {
  const writer = new ByteWriter();
  const family = familyOf(address);
  writer.u16(AF[family]);
  writer.be16(0);
  if (family === 'ipv6') writer.u32(0);
  writer.bytes(addressBytes(address));
  writer.zeros(family === 'ipv6' ? 4 : 8);
  return writer.written;
}

function request(family: Family, token: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(HEADER + TOKEN);
  bytes[0] = REQUEST[family];
  bytes.set(token.subarray(0, 4), 4);
  bytes.set(token, HEADER);
  // Of ICMPv6 the kernel fills it in.
  if (family === 'ipv4') bytes.writeUInt16BE(checksum([bytes]), 2);
  return bytes;
}

/** A raw IPv4 socket gives the header of IP, too. */
function isReply(received: Uint8Array, family: Family, isRaw: boolean, token: Uint8Array): boolean {
  const start = isRaw && family === 'ipv4' ? ((received[0] ?? 0) & 0xf) * 4 : 0;
  return received.length >= start + HEADER + TOKEN && received[start] === REPLY[family] && received[start + 1] === 0
    && token.every((byte, at) => received[start + HEADER + at] === byte);
}

export interface EchoOrder {
  readonly address: string;
  /** Null: whichever the routes choose. */
  readonly source: string | null;
}

export interface EchoHearing {
  readonly heard: () => void;
  /** What the network says of it: EHOSTUNREACH. */
  readonly failed: (error: NetlinkError) => void;
}

/** Sends one request. Gives what ends it; whoever asks must. Throws where it cannot even be sent. */
export async function askEcho({ address, source }: EchoOrder, hearing: EchoHearing): Promise<() => void> {
  const libc = await loadLibc();
  const family = familyOf(address);
  const { fd, isRaw } = openEcho(libc, family);
  const endings: (() => void)[] = [() => void libc.close(fd)];
  const end = (): void => {
    for (const close of endings.splice(0).toReversed()) close();
  };
  try {
    // Connected: others' answers are not even given to this socket.
    const [own, to] = [source === null ? null : socketAddress(source), socketAddress(address)];
    if (own !== null) call(libc, 'bind', `ICMP socket to ${source ?? ''}`, () => libc.bind(fd, own, own.length));
    call(libc, 'connect', `ICMP socket to ${address}`, () => libc.connect(fd, to, to.length));
    const token = randomBytes(TOKEN);
    const buffer = new Uint8Array(LONGEST);
    const look = (): void => {
      for (let count = 0; count < MOST_AT_ONCE && endings.length > 0; count += 1) {
        const length = libc.recv(fd, buffer, buffer.length, MSG_DONTWAIT);
        const errno = length < 0 ? libc.errno() : 0;
        if (errno === constants.errno.EAGAIN || errno === constants.errno.EINTR) return;
        if (errno !== 0) return hearing.failed(new NetlinkError('receive', `echo of ${address}`, { errno: errnoName(errno) }));
        if (isReply(buffer.subarray(0, length), family, isRaw, token)) return hearing.heard();
      }
    };
    endings.push(libc.watch(fd, look));
    const bytes = request(family, token);
    call(libc, 'send', `echo to ${address}`, () => libc.send(fd, bytes, bytes.length, 0));
    return end;
  } catch (error) {
    end();
    throw error;
  }
}
