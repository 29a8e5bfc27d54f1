// A netlink socket: datagrams to the kernel and back, without waiting.
import { constants } from 'node:os';
import { malformed, NetlinkError, errnoName } from './error.ts';
import { call } from './libc.ts';
import type { Libc } from './libc.ts';

/** What a connection needs of a socket. */
export interface Transport {
  send(bytes: Uint8Array): void;
  /** The next datagram, or null where none has come. Its bytes are good until the next call. */
  receive(): Buffer | null;
  close(): void;
}

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
const SOCK_NONBLOCK = 0o4000;
const SOL_SOCKET = 1;
const SO_SNDBUFFORCE = 32;
const SO_RCVBUFFORCE = 33;
const SOL_NETLINK = 270;
/** An error answers with the request's header only, not with all of it. */
const NETLINK_CAP_ACK = 10;
const MSG_DONTWAIT = 0x40;
/** Gives a datagram's own length, so that a cut one is seen. */
const MSG_TRUNC = 0x20;

/** Room for the largest datagram of any dump. */
const RECEIVE_SIZE = 65_536;
/** Room for answers that are queued before they are read. */
const BUFFER_SIZE = 8 * 1_024 * 1_024;

function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function tryOption(libc: Libc, fd: number, level: number, name: number, value: number): void {
  // Without them it works too, with less room or longer errors: older kernels, fewer rights.
  libc.setsockopt(fd, level, name, u32(value), 4);
}

/**
 * It belongs to the network namespace in which it was opened. The kernel makes a dump's datagrams as large as `receiveSize`, from 4 to 32 KiB, and clears
 * that much for each: whoever asks for many small dumps takes less.
 */
export function openSocket(libc: Libc, protocol: number, receiveSize = RECEIVE_SIZE): NetlinkSocket {
  const object = `netlink socket ${protocol}`;
  const fd = call(libc, 'open', object, () => libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol));
  const socket = new NetlinkSocket(libc, fd, object, receiveSize);
  try {
    tryOption(libc, fd, SOL_SOCKET, SO_SNDBUFFORCE, BUFFER_SIZE);
    tryOption(libc, fd, SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_SIZE);
    tryOption(libc, fd, SOL_NETLINK, NETLINK_CAP_ACK, 1);
    // sockaddr_nl: u16 family, u16 padding, u32 port (0: the kernel chooses), u32 groups (none: no notifications).
    const address = Buffer.alloc(12);
    address.writeUInt16LE(AF_NETLINK);
    call(libc, 'bind', object, () => libc.bind(fd, address, address.length));
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

export class NetlinkSocket implements Transport {
  readonly fd: number;
  readonly #libc: Libc;
  readonly #object: string;
  readonly #buffer: Buffer;
  #open = true;

  constructor(libc: Libc, fd: number, object: string, receiveSize: number) {
    this.#libc = libc;
    this.fd = fd;
    this.#object = object;
    this.#buffer = Buffer.alloc(receiveSize);
  }

  send(bytes: Uint8Array): void {
    this.#mustBeOpen('send');
    const sent = call(this.#libc, 'send', this.#object, () => this.#libc.send(this.fd, bytes, bytes.length, 0));
    if (sent !== bytes.length) throw new NetlinkError('send', this.#object, { reason: `took ${sent} of ${bytes.length} bytes` });
  }

  receive(): Buffer | null {
    this.#mustBeOpen('receive');
    for (;;) {
      const length = this.#libc.recv(this.fd, this.#buffer, this.#buffer.length, MSG_DONTWAIT | MSG_TRUNC);
      if (length > this.#buffer.length) throw malformed('datagram', `has ${length} bytes; at most ${this.#buffer.length}`);
      if (length >= 0) return this.#buffer.subarray(0, length);
      const number = this.#libc.errno();
      if (number === constants.errno.EAGAIN) return null;
      if (number !== constants.errno.EINTR) throw new NetlinkError('receive', this.#object, { errno: errnoName(number) });
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#libc.close(this.fd);
  }

  #mustBeOpen(operation: string): void {
    if (!this.#open) throw new NetlinkError(operation, this.#object, { errno: 'EBADF' });
  }
}
