import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { NetlinkError } from '../error.ts';
import { hex } from '../testing/messages.ts';
import { AttributeCursor } from './cursor.ts';

function cursorOver(bytes: Uint8Array, end = bytes.length): AttributeCursor {
  const cursor = new AttributeCursor({ name: 'thing', nameOf: (number) => `field ${number}` });
  cursor.open(bytes, 0, end);
  return cursor;
}

test('gives integers of each width and order', () => {
  const cursor = cursorOver(hex('05000100 fe000000  06000200 fffe0000  08000300 feffffff  0c000480 feffffffffffffff'));
  const next = (): AttributeCursor => {
    expect(cursor.next()).toBe(true);
    return cursor;
  };
  expect(next().u8()).toBe(0xfe);
  expect([next().be16(), cursor.u16()]).toEqual([0xfffe, 0xfeff]);
  expect([next().u32(), cursor.s32()]).toEqual([0xffff_fffe, -2]);
  expect([next().number, cursor.u64()]).toEqual([4, 2n ** 64n - 2n]);
  expect(cursor.next()).toBe(false);
});

test('names what has another length than it should', () => {
  const cursor = cursorOver(hex('06000700 ffff0000'));
  cursor.next();
  expect(() => cursor.u32()).toThrow('thing.field 7: has 2 bytes instead of 4');
  expect(() => cursor.u64()).toThrow('thing.field 7: has 2 bytes instead of 8');
  expect(() => cursor.binary(4, 16)).toThrow('thing.field 7: has 2 bytes instead of 4 to 16');
});

/** Where it ended: behind all attributes, or at one that is none. */
function lastEndIn(cursor: AttributeCursor): number {
  try {
    while (cursor.next());
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
  }
  return cursor.end;
}

test('ends on any bytes, at the end or with its error, and stays within them', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(80), (bytes, cut) => {
    const end = Math.min(cut, bytes.length);
    expect(lastEndIn(cursorOver(bytes, end))).toBeLessThanOrEqual(end);
  }), { numRuns: 1_000 });
});
