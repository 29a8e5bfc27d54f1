import { expect, test } from 'vitest';
import { defaultTuning } from '../tuning.ts';
import { descriptorLimit, descriptorsIn, limitsOf } from './limits.ts';

const own = { maxConnections: 8_192, maxConnectionsPerService: 4_096, maxConnectionsPerSource: Infinity };

test.each([
  ['no known limit', null, { ...own, loweredBy: null }],
  ['enough descriptors', 16_640, { ...own, loweredBy: null }],
  ['one too few', 16_639, { ...own, maxConnections: 8_191, maxConnectionsPerService: 4_095, loweredBy: 'descriptors' }],
  ['what many systems begin with', 1_024, { ...own, maxConnections: 384, maxConnectionsPerService: 192, loweredBy: 'descriptors' }],
  ['next to nothing', 10, { ...own, maxConnections: 1, maxConnectionsPerService: 1, loweredBy: 'descriptors' }],
])('with %s (%s) there can be so many connections', (_, descriptors, limits) => {
  expect(limitsOf(defaultTuning, descriptors)).toEqual(limits);
});

test('buffers are bounded by the number of connections', () => {
  expect(limitsOf({ ...defaultTuning, maxBufferedBytes: 268_435_456 }, 1_048_576)).toEqual({
    ...own, maxConnections: 1_024, maxConnectionsPerService: 512, loweredBy: 'buffers',
  });
  expect(limitsOf({ ...defaultTuning, maxBufferedBytes: 268_435_456 }, 1_024)).toMatchObject({ maxConnections: 384, loweredBy: 'descriptors' });
});

test('the process knows its own limit', async () => {
  expect(await descriptorLimit()).toBeGreaterThan(64);
  expect(descriptorsIn('Max processes   12  12  processes\nMax open files            1024                 4096                 files     \n')).toBe(1_024);
  expect(descriptorsIn('Max open files            unlimited            unlimited            files     \n')).toBeNull();
  expect(descriptorsIn('')).toBeNull();
});
