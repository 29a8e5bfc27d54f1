// Numbers in as few bytes as they need, one after the other.

const FIRST_BYTES = 32;

export class ByteLog {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;

  get capacity(): number {
    return this.#bytes.length;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const longer = new Uint8Array(this.#bytes.length * 2);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** A whole number of 0 and more, seven bits in each byte, the lowest first. */
  number(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  append(bytes: Uint8Array): void {
    for (const value of bytes) this.byte(value);
  }

  /** Begins again, with the room that it has. */
  clear(): void {
    this.#length = 0;
  }

  /** Nothing more comes: gives back what it took in advance. */
  end(): void {
    this.#bytes = this.#bytes.slice(0, this.#length);
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#at] ?? 0;
    this.#at += 1;
    return value;
  }

  number(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const part = this.byte();
      if (part < 128) return value + part * factor;
      value += (part - 128) * factor;
      factor *= 128;
    }
  }
}
