import { digest } from '@weir/model';
import type { ClusterDefinition } from '@weir/model';
import { expect, it } from 'vitest';
import { definitionFor, isDigestOf } from './definition-words.ts';

const dip = { ipv4: null, ipv6: null };
const plain: ClusterDefinition = { schema: 1, name: 'web', directors: [{ directorId: 'a', dip }, { directorId: 'b', dip }], vips: [], services: [] };
const kept: ClusterDefinition = { ...plain, directors: [{ directorId: 'a', dip }, { directorId: 'b', dip, host: { vips: 'operator' } }] };

it('leaves out for version 1 who keeps the hosts, and nothing else', () => {
  expect(definitionFor(1, kept)).toEqual(plain);
  expect(definitionFor(2, kept)).toBe(kept);
  expect(definitionFor(1, plain)).toBe(plain);
});

it('is known by its digest in the words of each version', () => {
  expect([isDigestOf(digest(kept), kept), isDigestOf(digest(plain), kept), isDigestOf(digest(kept), plain), isDigestOf(digest({ ...kept, name: 'x' }), kept)])
    .toEqual([true, true, false, false]);
});
