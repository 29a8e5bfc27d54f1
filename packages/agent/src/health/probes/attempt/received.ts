// What came back, up to a bound: enough to look into, and never more than that.
export const MOST_RECEIVED = 65_536;

export class Received {
  #bytes = Buffer.alloc(0);
  #length = 0;
  #chunks = 0;
  #lastAtMs = 0;
  #isCut = false;

  /** False once there is more than is kept. */
  add(chunk: Uint8Array): boolean {
    this.#chunks += 1;
    this.#lastAtMs = performance.now();
    const room = MOST_RECEIVED - this.#length;
    const part = chunk.subarray(0, room);
    if (this.#length + part.length > this.#bytes.length) this.#grow(this.#length + part.length);
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
    this.#isCut ||= chunk.length > room;
    return !this.#isCut;
  }

  /** Good until more comes. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  get length(): number {
    return this.#length;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  /** Whether it came bit by bit, and did so until now. */
  drips(sinceMs: number): boolean {
    return this.#chunks > 1 && this.#lastAtMs >= sinceMs;
  }

  #grow(needed: number): void {
    const larger = Buffer.alloc(Math.min(MOST_RECEIVED, Math.max(needed, this.#bytes.length * 2)));
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}
