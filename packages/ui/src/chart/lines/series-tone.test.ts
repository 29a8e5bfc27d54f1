// Which colour a series is drawn in.
import { expect, test } from 'vitest';
import { seriesTones } from './series-tone.ts';

test('in and out of one metric share a hue', () => {
  expect(seriesTones([{}, { dashed: true }])).toEqual(['s1', 's1b']);
  expect(seriesTones([{}, { dashed: true }, {}, { dashed: true }])).toEqual(['s1', 's1b', 's2b', 's2']);
});

test('five series differ, the sixth is other', () => {
  expect(seriesTones([{}, {}, {}, {}, {}, {}])).toEqual(['s1', 's2b', 's3', 's2', 's3b', 'other']);
});

test('a tone that was asked for is kept and not given twice', () => {
  expect(seriesTones([{ tone: 's3' }, {}, {}, {}])).toEqual(['s3', 's1', 's2b', 's2']);
});
