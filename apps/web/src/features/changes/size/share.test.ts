// A part of a whole, as people read it.
import { expect, it } from 'vitest';
import { shareOf } from './share.ts';

it.each([
  [124, 1_830, { kind: 'percent', percent: 7 }], [0, 1_830, { kind: 'percent', percent: 0 }], [1_830, 1_830, { kind: 'percent', percent: 100 }],
  [1, 1_830, { kind: 'below', percent: 1 }], [0, 0, { kind: 'unknown' }],
] as const)('%i of %i is %j', (part, whole, share) => expect(shareOf(part, whole)).toEqual(share));
