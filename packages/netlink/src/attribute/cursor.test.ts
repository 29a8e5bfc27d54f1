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

test('goes from one attribute to the next', () => {
  const cursor = cursorOver(hex('05000100 fe000000  08000380 feffffff'));
  const seen: number[][] = [];
  while (cursor.next()) seen.push([cursor.number, cursor.header, cursor.start, cursor.end]);
  expect(seen).toEqual([[1, 0, 4, 5], [3, 8, 12, 16]]);
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
