// Bytes being written: grows as needed, and keeps netlink's alignment. Host byte order is little-endian on all that Weir runs on.
import { endianness } from 'node:os';
import { NetlinkError } from './error.ts';

if (endianness() !== 'LE') throw new NetlinkError('load', 'netlink', { reason: 'only little-endian hosts are supported' });

const FIRST_SIZE = 4_096;

export class ByteWriter {
  #bytes = new Uint8Array(FIRST_SIZE);
  #view = new DataView(this.#bytes.buffer);
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
    const at = this.#grow(1);
    this.#view.setUint8(at, value);
  }

  u16(value: number): void {
    const at = this.#grow(2);
    this.#view.setUint16(at, value, true);
  }

  u32(value: number): void {
    const at = this.#grow(4);
    this.#view.setUint32(at, value, true);
  }

  u64(value: bigint): void {
    const at = this.#grow(8);
    this.#view.setBigUint64(at, value, true);
  }

  be16(value: number): void {
    const at = this.#grow(2);
    this.#view.setUint16(at, value);
  }

  be32(value: number): void {
    const at = this.#grow(4);
    this.#view.setUint32(at, value);
  }

  bytes(bytes: ArrayLike<number>): void {
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** The header of an attribute (u16 length with it, u16 type) whose value has so many bytes. */
  attribute(number: number, valueLength: number): void {
    this.u32(number << 16 | 4 + valueLength);
  }

  zeros(count: number): void {
    const at = this.#grow(count);
    this.#bytes.fill(0, at, at + count);
  }

  /** NLA_ALIGN, NLMSG_ALIGN: multiples of four. */
  align(): void {
    while ((this.#length & 3) !== 0) this.u8(0);
  }

  patch16(at: number, value: number): void {
    this.#view.setUint16(at, value, true);
  }

  patch32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  /** Makes room for so many bytes, and gives where they begin. */
  #grow(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) this.#enlarge();
    return at;
  }

  #enlarge(): void {
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
