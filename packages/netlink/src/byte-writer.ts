// Bytes being written: grows as needed, and keeps netlink's alignment. Host byte order is little-endian on all that Weir runs on.
import { endianness } from 'node:os';
import { NetlinkError } from './error.ts';

if (endianness() !== 'LE') throw new NetlinkError('load', 'netlink', { reason: 'only little-endian hosts are supported' });

const FIRST_SIZE = 4_096;

export class ByteWriter {
  #bytes: Uint8Array = new Uint8Array(FIRST_SIZE);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What was written so far; valid until more is. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  u8(value: number): void {
    this.#room(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  u16(value: number): void {
    this.#room(2);
    this.#put16(this.#length, value);
    this.#length += 2;
  }

  u32(value: number): void {
    this.#room(4);
    this.#put16(this.#length, value);
    this.#put16(this.#length + 2, value >>> 16);
    this.#length += 4;
  }

  u64(value: bigint): void {
    this.u32(Number(value & 0xffff_ffffn));
    this.u32(Number((value >> 32n) & 0xffff_ffffn));
  }

  be16(value: number): void {
    this.u8(value >>> 8);
    this.u8(value);
  }

  be32(value: number): void {
    this.be16(value >>> 16);
    this.be16(value & 0xffff);
  }

  bytes(bytes: ArrayLike<number>): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  zeros(count: number): void {
    this.#room(count);
    this.#bytes.fill(0, this.#length, this.#length + count);
    this.#length += count;
  }

  /** NLA_ALIGN, NLMSG_ALIGN: multiples of four. */
  align(): void {
    const missing = -this.#length & 3;
    if (missing > 0) this.zeros(missing);
  }

  patch16(at: number, value: number): void {
    this.#put16(at, value);
  }

  patch32(at: number, value: number): void {
    this.#put16(at, value);
    this.#put16(at + 2, value >>> 16);
  }

  #put16(at: number, value: number): void {
    this.#bytes[at] = value;
    this.#bytes[at + 1] = value >>> 8;
  }

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
