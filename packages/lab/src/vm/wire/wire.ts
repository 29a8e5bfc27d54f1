// What host and guest say to each other over one TCP connection: length-prefixed values in V8's own form, so that bytes, bigints and dates arrive as they are.
import { deserialize, serialize } from 'node:v8';

export interface SpawnOrder {
  readonly kind: 'spawn';
  /** Chosen by the host. */
  readonly id: number;
  readonly command: string;
  readonly args: readonly string[];
  /** Null: the machine's own network. */
  readonly netns: string | null;
  readonly env: Readonly<Record<string, string>>;
  /** Opens Node's message channel to the child. */
  readonly messages: boolean;
}

export type HostOrder =
  | { readonly kind: 'hello'; readonly secret: string }
  | SpawnOrder
  /** Ends all in the network namespaces with this prefix and takes them away; answered by an exit. */
  | { readonly kind: 'remove'; readonly id: number; readonly prefix: string }
  /** Null ends the input. */
  | { readonly kind: 'input'; readonly id: number; readonly data: Uint8Array | null }
  /** To the process and all that it started. */
  | { readonly kind: 'signal'; readonly id: number; readonly signal: NodeJS.Signals }
  | { readonly kind: 'message'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'ping' };

const prefixBytes = 4;
/** Far above any answer; a length beyond it is a broken stream. */
export const maxFrameBytes = 256 * 1024 * 1024;

export function encodeFrame(value: unknown): Buffer {
  const body = serialize(value);
  const frame = Buffer.allocUnsafe(prefixBytes + body.length);
  frame.writeUInt32BE(body.length);
  body.copy(frame, prefixBytes);
  return frame;
}

/** Cuts a stream into values; throws on a length that no frame has, and on bytes that are no value. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #bytes = 0;

  push(chunk: Buffer): unknown[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const values: unknown[] = [];
    for (let body = this.#next(); body !== undefined; body = this.#next()) values.push(deserialize(body));
    return values;
  }

  #next(): Buffer | undefined {
    if (this.#bytes < prefixBytes) return undefined;
    if ((this.#chunks[0]?.length ?? 0) < prefixBytes) this.#chunks = [Buffer.concat(this.#chunks)];
    const length = this.#chunks[0]?.readUInt32BE() ?? 0;
    if (length > maxFrameBytes) throw new Error(`a frame of ${length} bytes, and ${maxFrameBytes} are the most`);
    if (this.#bytes < prefixBytes + length) return undefined;
    const all = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    if (all === undefined) return undefined;
    this.#bytes -= prefixBytes + length;
    this.#chunks = this.#bytes === 0 ? [] : [all.subarray(prefixBytes + length)];
    return all.subarray(prefixBytes, prefixBytes + length);
  }
}
