import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWriter } from '../byte-writer.ts';
import { NetlinkError } from '../error.ts';
import { hex } from '../testing/messages.ts';
import { be16, binary, u32, u8 } from './codec.ts';
import { u64At } from './cursor.ts';
import type { AttributePlaces } from './places.ts';
import { AttributeTable, optional, required } from './table.ts';

const table = new AttributeTable('thing', { port: required(3, be16), byte: optional(1, u8), word: optional(5, u32), address: optional(6, binary(1, 16)) });
type Name = keyof typeof table.numbers;
const names: readonly Name[] = ['port', 'byte', 'word', 'address'];

/** The same as the table reads, or why there is none, from where the values lie. */
function found(places: AttributePlaces, bytes: Buffer): unknown {
  try {
    places.find(bytes, 0, bytes.length);
  } catch (error) {
    if (error instanceof NetlinkError) return 'none';
    throw error;
  }
  return Object.fromEntries(names.map((name) => {
    const [start = 0, end = 0] = [places.starts[table.numbers[name]], places.ends[table.numbers[name]]];
    return [name, start === 0 ? undefined : bytes.toString('hex', start, end)];
  }));
}

function read(bytes: Buffer): unknown {
  try {
    table.read(bytes, 0, bytes.length);
  } catch (error) {
    if (error instanceof NetlinkError) return 'none';
    throw error;
  }
  return found(table.places(), bytes);
}

const written = fc.record({
  port: fc.integer({ min: 0, max: 65_535 }), byte: fc.integer({ min: 0, max: 255 }), word: fc.integer({ min: 0, max: 0xffff_ffff }), address: fc.uint8Array({ minLength: 1, maxLength: 5 }),
}, { requiredKeys: ['port'] }).map((values) => {
  const writer = new ByteWriter();
  table.write(writer, values);
  return Buffer.from(writer.written);
});
/** One byte is another one: mostly a value, now and then a header. */
const spoiled = fc.tuple(written, fc.nat(), fc.nat(255)).map(([bytes, at, byte]) => {
  const copy = Buffer.from(bytes);
  copy[at % copy.length] = byte;
  return copy;
});

test('finds in each message what a table reads from it, whatever came before', () => {
  fc.assert(fc.property(fc.array(fc.oneof(written, spoiled, fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))), { maxLength: 12 }), (messages) => {
    const places = table.places();
    for (const message of messages.flatMap((one) => [one, one])) expect(found(places, message)).toEqual(read(message));
  }), { numRuns: 1_000 });
});

test('finds the same values wherever the message begins', () => {
  const places = table.places('word');
  const bytes = hex('06000300 00500000 08000500 01000000');
  places.find(bytes, 0, bytes.length);
  places.find(Buffer.concat([hex('ffffffff'), bytes]), 4, 4 + bytes.length);
  expect([places.starts[3], places.ends[3], places.starts[5], places.starts[1]]).toEqual([4, 6, 12, 0]);
});

test.each([
  ['05000300 00000000', 'thing.port: has 1 bytes'],
  ['08000500 01000000', 'thing.port: is missing'],
  ['06000300 00500000', 'thing.word: is missing'],
  ['06000300 00500000 0300', 'thing: has 2 bytes where an attribute begins'],
])('refuses %s, now and when it comes again', (text, reason) => {
  const places = table.places('word');
  for (let time = 0; time < 2; time += 1) expect(() => places.find(hex(text), 0, hex(text).length)).toThrow(reason);
});

test('a long is read from its bytes, to the last one', () => {
  expect(u64At(hex('feffffffffffffff'), 0)).toBe(2n ** 64n - 2n);
});
