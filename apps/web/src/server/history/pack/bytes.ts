// Whole numbers of any size as few bytes: seven bits in each, the last without the eighth. Pure.

/** 2^91: more than a year of the largest counters can add up to. */
const bytesOfOneMax = 13;
const smallMax = 2 ** 31;

export class PackError extends Error {
  override readonly name = 'PackError';
}

export class ByteWriter {
  #bytes = Buffer.allocUnsafe(1_024);
  #length = 0;

  uint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new PackError(`${value} is no whole number`);
    this.#room();
    let left = value;
    for (; left >= smallMax; left = Math.floor(left / 128)) this.#put((left % 128) | 128);
    for (; left >= 128; left >>>= 7) this.#put((left & 127) | 128);
    this.#put(left);
  }

  big(value: bigint): void {
    if (value <= Number.MAX_SAFE_INTEGER) return this.uint(Number(value));
    this.#room();
    let left = value;
    for (; left >= 128n; left >>= 7n) this.#put(Number(left & 127n) | 128);
    this.#put(Number(left));
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #put(byte: number): void {
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  #room(): void {
    if (this.#length + bytesOfOneMax <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(this.#bytes.length * 2);
    this.#bytes.copy(larger);
    this.#bytes = larger;
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  uint(): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < bytesOfOneMax; count += 1, scale *= 128) {
      const byte = this.#next();
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) throw new PackError('a number is too large');
        return value;
      }
    }
    throw new PackError('a number does not end');
  }

  big(): bigint {
    const from = this.#at;
    this.skip(1);
    // Seven bytes hold 49 bits.
    const length = this.#at - from;
    this.#at = from;
    if (length <= 7) return BigInt(this.uint());
    let value = 0n;
    for (let shift = 0n; shift < BigInt(length * 7); shift += 7n) value |= BigInt(this.#next() & 127) << shift;
    return value;
  }

  /** So many numbers. */
  skip(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      const from = this.#at;
      while (this.#next() >= 128) if (this.#at - from >= bytesOfOneMax) throw new PackError('a number does not end');
    }
  }

  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }

  #next(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new PackError('it ends too early');
    this.#at += 1;
    return byte;
  }
}
