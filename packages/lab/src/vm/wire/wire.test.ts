// The stream between host and guest, cut anywhere.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeFrame, FrameReader } from './wire.ts';

it('brings values as they were, in pieces of any size', () => {
  const values = [{ a: 1n, b: new Date(0) }, Buffer.from('bytes'), [null, 'text'], ''];
  const stream = Buffer.concat(values.map(encodeFrame));
  fc.assert(fc.property(fc.integer({ min: 1, max: stream.length }), (step) => {
    const reader = new FrameReader();
    const read = [];
    for (let at = 0; at < stream.length; at += step) read.push(...reader.push(stream.subarray(at, at + step)));
    expect(read).toEqual(values);
  }));
});

it('refuses a length that no value has, and bytes that are no value', () => {
  expect(() => new FrameReader().push(Buffer.from('ffffffff00', 'hex'))).toThrow('a frame of 4294967295 bytes');
  expect(() => new FrameReader().push(Buffer.from('0000000412345678', 'hex'))).toThrow('Unable to deserialize');
});
