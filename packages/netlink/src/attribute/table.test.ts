import * as fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { ByteWriter } from '../byte-writer.ts';
import { NetlinkError } from '../error.ts';
import { hex } from '../testing/messages.ts';
import { be16, be32, binary, s32, text, u16, u32, u64, u8 } from './codec.ts';
import { AttributeTable, optional, required } from './table.ts';
import type { Part, Row } from './table.ts';

const inner = new AttributeTable('inner', { count: required(1, u64), note: optional(2, text(15)) });
const outer = new AttributeTable('outer', {
  byte: optional(1, u8), short: optional(2, u16), port: required(3, be16), word: optional(4, u32), weight: optional(5, s32),
  mask: optional(6, be32), address: optional(7, binary(1, 16)), inner: optional(8, inner),
});

function bytesOf(part: Part<typeof outer>): Buffer {
  const writer = new ByteWriter();
  outer.write(writer, part);
  return Buffer.from(writer.written);
}

function read(bytes: Buffer): Row<typeof outer> {
  return outer.read(bytes, 0, bytes.length);
}

test('writes attributes in order, aligned, with their own byte orders', () => {
  expect(bytesOf({ byte: 7, port: 80, mask: 0xffff_ff00, inner: { note: 'ab' } })).toEqual(hex(
    '05000100 07000000 06000300 00500000 08000600 ffffff00 0c000800 07000200 61620000'));
});

test('has the types of what it declares', () => {
  expectTypeOf<Row<typeof outer>['port']>().toEqualTypeOf<number>();
  expectTypeOf<Row<typeof outer>['inner']>().toEqualTypeOf<Row<typeof inner> | undefined>();
  expectTypeOf<Row<typeof inner>['count']>().toEqualTypeOf<bigint>();
  expectTypeOf<Part<typeof inner>['count']>().toEqualTypeOf<bigint | undefined>();
});

test('steps over what it does not know, takes flags off the number, and lets the last of two count', () => {
  expect(read(hex('06000300 00500000  04006300  06000380 01bb0000'))).toEqual({ port: 443 });
});

test('reads only what it was told to', () => {
  const bytes = bytesOf({ port: 80, word: 9, inner: { count: 1n } });
  expect(outer.only('port', 'word').read(bytes, 0, bytes.length)).toEqual({ port: 80, word: 9 });
});

test.each([
  ['06', 'has 1 bytes where an attribute begins'],
  ['00000300', 'has an attribute of 0 bytes'],
  ['03000300', 'has an attribute of 3 bytes'],
  ['ffff0300 0050', 'has an attribute of 65535 bytes where 6 are left'],
  ['07000300 00500000', 'outer.port: has 3 bytes instead of 2'],
  ['05000100 01000000', 'outer.port: is missing'],
  ['06000300 00500000 08000800 04000200', 'inner.count: is missing'],
  ['06000300 00500000 06000800 0400', 'inner: has 2 bytes where an attribute begins'],
  [`06000300 00500000 24000800 0c000100 0000000000000000 14000200 ${'61'.repeat(16)}`, 'inner.note: has 16 bytes of text'],
])('refuses %s', (text_, reason) => {
  expect(() => read(hex(text_))).toThrow(reason);
});

test('refuses to write what has no room', () => {
  expect(() => bytesOf({ inner: { note: 'sixteen letters!' } })).toThrow('at most 15 bytes');
  expect(() => bytesOf({ inner: { note: 'a\0b' } })).toThrow('no text');
  expect(() => bytesOf({ address: new Uint8Array(17) })).toThrow('17 bytes instead of 1 to 16');
});

const part = fc.record({
  byte: fc.integer({ min: 0, max: 255 }), short: fc.integer({ min: 0, max: 65_535 }), port: fc.integer({ min: 0, max: 65_535 }),
  word: fc.integer({ min: 0, max: 0xffff_ffff }), weight: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  mask: fc.integer({ min: 0, max: 0xffff_ffff }), address: fc.uint8Array({ minLength: 1, maxLength: 16 }),
  inner: fc.record({ count: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), note: fc.stringMatching(/^[a-z0-9-]{0,15}$/) }, { requiredKeys: ['count'] }),
}, { requiredKeys: ['port'] });

test('reads what it wrote', () => {
  fc.assert(fc.property(part, (given) => {
    expect(read(bytesOf(given))).toEqual(given);
  }));
});

/** The value, or this package's error in words; any other error is thrown. */
function attempt(bytes: Buffer, end: number): unknown {
  try {
    return outer.read(bytes, 0, end);
  } catch (error) {
    if (error instanceof NetlinkError) return error.message;
    throw error;
  }
}

test('answers any bytes with a value or its error, and never reads outside of them', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), fc.uint8Array({ maxLength: 80 }), (bytes, behind) => {
    expect(attempt(Buffer.concat([bytes, behind]), bytes.length)).toEqual(attempt(Buffer.from(bytes), bytes.length));
  }), { numRuns: 1_000 });
});

test('answers bytes with one of them changed or its end cut off in the same way', () => {
  const damaged = fc.tuple(part.map(bytesOf), fc.nat(), fc.nat(255), fc.nat()).map(([bytes, at, value, cut]) => {
    bytes[at % bytes.length] = value;
    return bytes.subarray(0, cut % (bytes.length + 1));
  });
  fc.assert(fc.property(damaged, (bytes) => {
    expect(() => attempt(bytes, bytes.length)).not.toThrow();
  }), { numRuns: 1_000 });
});
