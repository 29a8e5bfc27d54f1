// Where signing in may lead.
import { expect, test } from 'vitest';
import { safeNext } from './sign-in.ts';

test('back to the page one came from', () => expect(safeNext('/clusters/a?x=1')).toBe('/clusters/a?x=1'));
test.each([null, '', '//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example', '/sign-in'])(
  'never away from the panel: %s', (next) => expect(safeNext(next)).toBe('/'),
);
