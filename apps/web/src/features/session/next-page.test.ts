// Where signing in may lead.
import { expect, test } from 'vitest';
import { safeNext, signInPath } from './next-page.ts';

test('back to the page one came from', () => expect(safeNext('/clusters/a?x=1#b')).toBe('/clusters/a?x=1#b'));
test.each([
  null, '', 'clusters', '//elsewhere.example', '/\\elsewhere.example', '/\t/elsewhere.example', '/\n\\elsewhere.example', '/.//elsewhere.example',
  '/a/..//elsewhere.example', 'https://elsewhere.example', 'javascript:alert(1)', '/sign-in', '/sign-in?next=/sign-in',
])('never away from the panel, and not in a circle: %j', (next) => expect(safeNext(next)).toBe('/'));

test('the way to the door names the page, and nothing where it is the first', () => {
  expect(signInPath('/clusters/a?x=1')).toBe('/sign-in?next=%2Fclusters%2Fa%3Fx%3D1');
  expect(signInPath('/clusters/a?_rsc=1k2&x=1')).toBe('/sign-in?next=%2Fclusters%2Fa%3Fx%3D1');
  expect(signInPath('/?_rsc=1k2')).toBe('/sign-in');
  expect(signInPath('/')).toBe('/sign-in');
  expect(signInPath(null)).toBe('/sign-in');
});
