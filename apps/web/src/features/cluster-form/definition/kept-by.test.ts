// Who keeps what of a host, as it is written.
import { expect, it } from 'vitest';
import { keptBy } from './kept-by.ts';

it.each([
  [undefined, 'vips', true, { vips: 'operator' }], [undefined, 'vips', false, undefined], [{ vips: 'operator' }, 'vips', false, undefined],
  [{ vips: 'operator' }, 'settings', true, { vips: 'operator', settings: 'operator' }], [{ vips: 'operator', settings: 'operator' }, 'vips', false, { settings: 'operator' }],
  [{ vips: undefined, settings: 'operator' }, 'settings', false, undefined],
] as const)('%j with %s by the operator %j is %j', (host, part, byOperator, expected) => expect(keptBy(host, part, byOperator)).toEqual(expected));
