// Netlink messages: the header in front of each, and several of them in one datagram (linux/netlink.h).
import { s32At, u16At, u32At } from './attribute/cursor.ts';
import type { ByteWriter } from './byte-writer.ts';
import { malformed } from './error.ts';

/** u32 length with the header, u16 type, u16 flags, u32 sequence, u32 port. */
export const HEADER_LENGTH = 16;

export const NLMSG_ERROR = 2;
export const NLMSG_DONE = 3;
/** NLMSG_NOOP, NLMSG_OVERRUN and the two above are of netlink itself; families begin here. */
export const NLMSG_MIN_TYPE = 0x10;

export const NLM_F_REQUEST = 0x1;
export const NLM_F_ACK = 0x4;
/** The table changed while it was dumped: what came is not consistent. */
export const NLM_F_DUMP_INTR = 0x10;
export const NLM_F_DUMP = 0x300;
export const NLM_F_REPLACE = 0x100;
export const NLM_F_EXCL = 0x200;
export const NLM_F_CREATE = 0x400;

const NOTHING = Buffer.alloc(0);

/** Where in `bytes` a message lies. To be read at once: it is the next one as soon as that is asked for, and its bytes those of the next datagram. */
export interface Message {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  readonly bytes: Buffer;
  /** Of the payload, behind the header. */
  readonly start: number;
  readonly end: number;
}

/** Begins a message; gives what `endMessage` needs. */
export function beginMessage(writer: ByteWriter, type: number, flags: number, sequence: number): number {
  const at = writer.length;
  writer.u32(0);
  writer.u16(type);
  writer.u16(flags);
  writer.u32(sequence);
  writer.u32(0);
  return at;
}

export function endMessage(writer: ByteWriter, at: number): void {
  writer.align();
  writer.patch32(at, writer.length - at);
}

/** Goes through the messages of a datagram, and is itself the message it stands at: there are tens of thousands of them. */
export class MessageCursor implements Message {
  type = 0;
  flags = 0;
  sequence = 0;
  start = 0;
  end = 0;
  #bytes: Buffer = NOTHING;
  #next = 0;

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** To be followed by `next`, which moves to the first message. */
  open(datagram: Buffer): void {
    this.#bytes = datagram;
    this.#next = 0;
  }

  /** False behind the last message. */
  next(): boolean {
    const bytes = this.#bytes;
    const at = this.#next;
    const left = bytes.length - at;
    if (left <= 0) return false;
    if (left < HEADER_LENGTH) throw malformed('datagram', `has ${left} bytes where a message begins`);
    const length = u32At(bytes, at);
    if (length < HEADER_LENGTH || length > left) throw malformed('datagram', `has a message of ${length} bytes where ${left} are left`);
    this.type = u16At(bytes, at + 4);
    this.flags = u16At(bytes, at + 6);
    this.sequence = u32At(bytes, at + 8);
    this.start = at + HEADER_LENGTH;
    this.end = at + length;
    this.#next = at + length + 3 & ~3;
    return true;
  }
}

/** The number in an NLMSG_ERROR or NLMSG_DONE, as a positive errno; 0 is an acknowledgement. */
export function errorNumber({ type, bytes, start, end }: Message): number {
  // Old kernels end a dump without a number.
  if (type === NLMSG_DONE && end === start) return 0;
  if (end - start < 4) throw malformed('error message', `has ${end - start} bytes instead of 4`);
  return -s32At(bytes, start);
}
