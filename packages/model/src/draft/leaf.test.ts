// One value that differs is found, more are not one.
import { expect, it } from 'vitest';
import { differingLeaf } from './leaf.ts';

const before = { checks: [{ id: 'a', probe: { type: 'tcp' }, fall: 2 }, { id: 'b', fall: 2 }], sorry: null };

it.each<[after: unknown, leaf: string | null]>([
  [{ ...before, checks: [{ ...before.checks[0], fall: 3 }, before.checks[1]] }, 'checks.0.fall.'],
  [{ ...before, checks: before.checks.map((check) => ({ ...check, fall: 3 })) }, null],
  [{ ...before, checks: [before.checks[0]] }, null],
  [{ ...before, checks: [{ ...before.checks[0], probe: { type: 'http', path: '/' } }, before.checks[1]] }, null],
  [{ ...before, sorry: { port: 80 } }, null],
  [undefined, null],
])('%j', (after, leaf) => expect(differingLeaf(before, after)).toBe(leaf));
