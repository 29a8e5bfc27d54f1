// Codecs: how the value of one attribute lies in its bytes.
import type { ByteWriter } from '../byte-writer.ts';
import { malformed } from '../error.ts';
import { be16At, s32At, u16At, u32At, u64At } from './cursor.ts';

/** Methods, not functions in fields: a table holds codecs of many types. */
export interface Codec<T, Written = T> {
  /** How many bytes a value has, where the reader does not say more. */
  readonly least: number;
  readonly most: number;
  write(writer: ByteWriter, value: Written): void;
  /** Throws a reason in words where the bytes from `start` to `end` are no such value. */
  read(bytes: Buffer, start: number, end: number): T;
}

function fixed<T>(length: number, write: (writer: ByteWriter, value: T) => void, read: (bytes: Buffer, start: number) => T): Codec<T> {
  return {
    least: length,
    most: length,
    write,
    read(bytes, start, end) {
      if (end - start !== length) throw malformed('value', `has ${end - start} bytes instead of ${length}`);
      return read(bytes, start);
    },
  };
}

/** The kernel sends integers in host order, except where its header says otherwise. */
export const u8 = fixed<number>(1, (writer, value) => writer.u8(value), (bytes, start) => bytes[start] ?? 0);
export const u16 = fixed<number>(2, (writer, value) => writer.u16(value), u16At);
export const u32 = fixed<number>(4, (writer, value) => writer.u32(value), u32At);
export const s32 = fixed<number>(4, (writer, value) => writer.u32(value), s32At);
export const u64 = fixed<bigint>(8, (writer, value) => writer.u64(value), u64At);
export const be16 = fixed<number>(2, (writer, value) => writer.be16(value), be16At);
export const be32 = fixed<number>(4, (writer, value) => writer.be32(value), (bytes, start) => bytes.readUInt32BE(start));

/** NUL-terminated. `longest` is without the NUL. */
export function text(longest: number): Codec<string> {
  return {
    least: 0,
    most: longest + 1,
    write(writer, value) {
      const codes = Array.from(value, (letter) => letter.codePointAt(0) ?? 0);
      if (codes.length > longest || codes.some((code) => code === 0 || code > 0xff)) {
        throw malformed('value', `${JSON.stringify(value.slice(0, 64))} is no text of at most ${longest} bytes`);
      }
      for (const code of codes) writer.u8(code);
      writer.u8(0);
    },
    read(bytes, start, end) {
      const terminator = bytes.indexOf(0, start);
      const last = terminator === -1 || terminator >= end ? end : terminator;
      if (last - start > longest) throw malformed('value', `has ${last - start} bytes of text; at most ${longest}`);
      return bytes.toString('latin1', start, last);
    },
  };
}

/** Any bytes from `least` to `most`. Reading copies them: the buffer is used again. */
export function binary(least: number, most = least): Codec<Uint8Array> {
  return {
    least,
    most,
    write(writer, value) {
      if (value.length < least || value.length > most) throw malformed('value', `has ${value.length} bytes instead of ${least} to ${most}`);
      writer.bytes(value);
    },
    read(bytes, start, end) {
      if (end - start < least || end - start > most) throw malformed('value', `has ${end - start} bytes instead of ${least} to ${most}`);
      return new Uint8Array(bytes.subarray(start, end));
    },
  };
}
