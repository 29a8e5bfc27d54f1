import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ByteKind } from '@weir/model';
import type { Grown, Portion } from '../portion.ts';
import { PackError } from './bytes.ts';
import { pack, unpack } from './pack.ts';
import type { Block } from './pack.ts';

const size = fc.oneof(fc.bigInt({ min: 0n, max: 200n }), fc.bigInt({ min: 0n, max: 2n ** 90n - 1n }));
const grown: fc.Arbitrary<Grown> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(size, size).map(([measured, more]) => ({ measured, all: measured + more })) },
  fc.constantFrom<Grown>(null, 'userSpace', 'replyBypassesDirector'),
);
const hundredths = fc.integer({ min: 0, max: 10 ** 9 }).map((value) => value / 100);
const portion: fc.Arbitrary<Portion> = fc.record({
  measuredMs: fc.nat(), grown: fc.record({ connections: grown, packetsIn: grown, packetsOut: grown, bytesIn: grown, bytesOut: grown }),
  activeMean: hundredths, activeMost: fc.nat(), inactiveMean: hundredths, weight: fc.option(fc.nat()),
});
const byteKind = fc.constantFrom<ByteKind | null>(null, 'ipBytes', 'payloadBytes');
const block: fc.Arbitrary<Block> = fc.record({ byteKind, portions: fc.array(fc.tuple(fc.integer({ min: 1, max: 2 ** 31 - 1 }), portion), { maxLength: 20 }).map((entries) => new Map(entries)) });

it('gives back what was put in, deflated or not', () => {
  fc.assert(fc.property(block, fc.boolean(), (given, deflate) => {
    expect(unpack(pack(given, deflate))).toEqual(given);
  }));
});

it('gives back the same of those that are wanted alone', () => {
  fc.assert(fc.property(block, fc.nat(), (given, salt) => {
    const wanted = new Set([...given.portions.keys()].filter((number) => (number + salt) % 3 === 0));
    expect(unpack(pack(given), wanted).portions).toEqual(new Map([...given.portions].filter(([number]) => wanted.has(number))));
  }));
});

it('refuses what it did not write, with one kind of error', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(null, 16, 24), (bytes, head) => {
    const thrown = ((): unknown => {
      try {
        unpack(head === null ? bytes : Buffer.concat([Buffer.of(head), bytes]));
        return null;
      } catch (error) {
        return error;
      }
    })();
    expect(thrown === null || thrown instanceof PackError).toBe(true);
  }), { numRuns: 500 });
});

it('refuses a part of what it wrote, and what has more at its end', () => {
  fc.assert(fc.property(block.filter(({ portions }) => portions.size > 0), fc.nat(), (given, cut) => {
    const bytes = pack(given, false);
    expect(() => unpack(bytes.subarray(0, cut % bytes.length))).toThrow(PackError);
    expect(() => unpack(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(PackError);
  }));
});

it('refuses a row that says it holds more objects than there are, before it looks for them', () => {
  expect(() => unpack(Buffer.of(16, 255, 255, 255, 127))).toThrow('too many');
});

const seen = (value: number): Grown => ({ measured: BigInt(value), all: BigInt(value) });

function busy(at: number): Portion {
  return {
    measuredMs: 10_000, activeMean: at % 97, activeMost: at % 101, inactiveMean: at % 53, weight: 1,
    grown: { connections: seen((at * 7_919) % 1_000), packetsIn: seen((at * 104_729) % 10_000), packetsOut: seen((at * 1_299_709) % 10_000), bytesIn: seen((at * 15_485_863) % 5_000_000), bytesOut: seen((at * 32_452_843) % 5_000_000) },
  };
}

function bytesEach(of: (at: number) => Portion): number {
  return pack({ byteKind: 'ipBytes', portions: new Map(Array.from({ length: 1_000 }, (_, at) => [at + 1, of(at)])) }).length / 1_000;
}

it('takes few bytes for real servers that carry what real ones do', () => {
  expect(bytesEach(busy)).toBeLessThan(22);
  const none = seen(0);
  expect(bytesEach((at) => ({ ...busy(at), activeMean: 0, activeMost: 0, inactiveMean: 0, grown: { connections: none, packetsIn: none, packetsOut: none, bytesIn: none, bytesOut: none } }))).toBeLessThan(1);
});
