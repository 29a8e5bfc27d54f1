// The filter's form: what it says, and what an empty field means.
import { describe, expect, it } from 'vitest';
import { FilterForm, fieldsOf } from './filter-fields.ts';

const empty = { person: '', action: ' ', object: '', outcome: '', from: '', to: '' };

describe('the fields of a filter', () => {
  it('that are empty ask for nothing', () => {
    expect(FilterForm.parse(empty)).toEqual({});
    expect(fieldsOf({})).toEqual({ ...empty, action: '' });
  });

  it('hold moments in local time, and give them back as they were', () => {
    const filter = { person: 'Ann', outcome: 'refused', from: '2026-11-22T10:00:00.000Z', to: '2026-11-22T10:00:07.000Z' } as const;
    expect(fieldsOf(filter).from).toMatch(/^2026-11-2\dT\d\d:\d\d$/);
    expect(FilterForm.parse(fieldsOf(filter))).toEqual(filter);
  });

  it('name the one that does not fit', () => {
    for (const [name, text] of [['person', 'x'.repeat(201)], ['outcome', 'lost'], ['from', 'soon'], ['to', '+012026-01-01T00:00']] as const) {
      expect(FilterForm.safeParse({ ...empty, [name]: text }).error?.issues.map(({ path }) => path)).toEqual([[name]]);
    }
  });
});
