// What a page's address says of a filter, and what it does not.
import { describe, expect, it } from 'vitest';
import { AuditFilter, addressOf, filterIn } from './filter.ts';

describe('a filter in an address', () => {
  it('comes back as it went in', () => {
    const filter: AuditFilter = { person: 'Ann & Bob', action: 'clusters.', object: '王', outcome: 'refused', from: '2026-11-22T10:00:00.000Z', to: '2026-11-22T11:00:00Z' };
    expect(filterIn(new URLSearchParams(addressOf(filter)))).toEqual(filter);
  });

  it('leaves out what does not fit, and keeps the rest', () => {
    const address = new URLSearchParams({ person: ' ', action: 'x'.repeat(201), object: 'a\nb', outcome: 'lost', from: 'yesterday', to: '2026-02-30T00:00:00Z', more: '1' });
    expect(filterIn(address)).toEqual({});
    address.set('person', ' Ann ');
    expect(filterIn(address)).toEqual({ person: 'Ann' });
  });
});
