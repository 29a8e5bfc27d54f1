// From fields to a filter, to an address and back.
import { expect, it } from 'vitest';
import { addressOf, viewIn, withoutClients } from '../../server/connections/filter.ts';
import { fieldsOf, FilterForm, statesWith } from './filter-fields.ts';

const empty = fieldsOf({});

it('empty fields ask for nothing', () => expect(FilterForm.parse(empty)).toEqual({}));

it('fields, filter and address say the same', () => {
  const filter = FilterForm.parse({ client: ' 192.168.8.100 ', rip: 'FD00::0:20', state: 'fin_wait', protocol: 'tcp', serviceId: 'web', directorId: '', groupBy: 'client' });
  expect(filter).toEqual({ client: '192.168.8.100', rip: 'fd00::20', state: 'FIN_WAIT', protocol: 'tcp', serviceId: 'web', groupBy: 'client' });
  expect(viewIn(new URLSearchParams(addressOf(filter)))).toEqual(filter);
  expect(FilterForm.parse(fieldsOf(filter))).toEqual(filter);
});

it('what names clients is left out of the view of those who may not see them', () => {
  const asked = viewIn(new URLSearchParams('client=10.0.0.1&network=10.0.0.0/8&rip=10.0.0.2&follow=10.0.0.1&port=7&state=close&protocol=tcp&groupBy=client&again=yes'));
  expect(Object.keys(asked)).toHaveLength(9);
  expect(withoutClients(asked)).toEqual({ state: 'CLOSE', protocol: 'tcp', again: 'yes' });
  expect(withoutClients(viewIn(new URLSearchParams('groupBy=realServer')))).toEqual({ groupBy: 'realServer' });
});

it('a client may be a network', () => {
  const filter = FilterForm.parse({ ...empty, client: ' 192.168.8.77/24' });
  expect(filter).toEqual({ network: '192.168.8.0/24' });
  expect(fieldsOf(viewIn(new URLSearchParams(addressOf(filter)))).client).toBe('192.168.8.0/24');
});

it.each([['client', '192.168.8.0/33'], ['groupBy', 'colour'], ['protocol', 'T C P'], ['rip', 'rs1'], ['state', 'a b'], ['serviceId', '../x']])('%s is refused as %j, and left out of an address', (field, text) => {
  expect(FilterForm.safeParse({ ...empty, [field]: text }).success).toBe(false);
  expect(viewIn(new URLSearchParams({ [field]: text, other: 'x' }))).toEqual({});
});

it('a state that is not usual can be chosen once it is there', () => {
  expect(statesWith('COOKIE_WAIT').filter((state) => state === 'COOKIE_WAIT')).toHaveLength(1);
  expect(statesWith('UDP').filter((state) => state === 'UDP')).toHaveLength(1);
});
