// From fields to a filter, to an address and back; what people write by hand.
import { expect, it } from 'vitest';
import type { EventFilter } from '../../../events/event.ts';
import { addressOf, beforeIn, eventsPlace, filterIn } from './filter-address.ts';
import { fieldsOf, FilterForm } from './filter-fields.ts';

const whole: EventFilter = {
  kinds: ['health', 'drain'], tones: ['warn', 'bad'], clusterId: 'c1', serviceId: 's1', realServerId: 'r1', directorId: 'd1', text: 'a&b = c', fromMs: 1_763_800_000_000, toMs: 1_763_800_007_000,
};

const inAddress = (address: string) => filterIn(new URLSearchParams(address));

it('an address says the same as the filter', () => {
  expect(inAddress(addressOf(whole))).toEqual(whole);
  expect(inAddress('')).toEqual({});
  expect(addressOf({})).toBe('');
  expect([eventsPlace({}), eventsPlace({ clusterId: 'c1' })]).toEqual(['/events', '/events?cluster=c1']);
});

it('what of an address is no filter is left out, and the rest stands', () => {
  expect(inAddress('kind=health,lost,health&tone=loud&cluster=../x&from=soon&to=-1&text=%20&other=1')).toEqual({ kinds: ['health'] });
  expect(inAddress(`text=${'x'.repeat(201)}&director=d1`)).toEqual({ directorId: 'd1' });
});

it('the page stands in the address too', () => {
  expect(beforeIn(new URLSearchParams(addressOf({}, '17')))).toBe('17');
  expect(['', 'before=', 'before=1.5', 'before=last', `before=${'9'.repeat(20)}`].map((text) => beforeIn(new URLSearchParams(text)))).toEqual(Array(5).fill(undefined));
});

it('fields hold what they hold of a filter, in local time', () => {
  const { kinds: _kinds, tones: _tones, realServerId: _realServer, ...held } = whole;
  expect(FilterForm.parse(fieldsOf(whole))).toEqual(held);
  expect(FilterForm.parse(fieldsOf({}))).toEqual({});
});

it.each([
  ['text', 'x'.repeat(201)], ['clusterId', 'a b'], ['from', 'soon'], ['to', '2026-13-01T00:00'],
])('%s is refused as %j, at its field', (field, text) => {
  expect(FilterForm.safeParse({ ...fieldsOf({}), [field]: text }).error?.issues.map(({ path }) => path)).toEqual([[field]]);
});

it('a span that ends before it begins is refused at its end', () => {
  const wrong = FilterForm.safeParse({ ...fieldsOf({}), from: '2026-11-22T10:00', to: '2026-11-22T09:00' });
  expect(wrong.error?.issues.map(({ path }) => path)).toEqual([['to']]);
});
