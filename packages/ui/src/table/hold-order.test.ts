// Keeps rows where they are while a person points at them.
import { expect, test } from 'vitest';
import { inHeldOrder } from './hold-order.ts';

const hold = (rows: string, held: string) => inHeldOrder(rows.split(''), held.split(''), (row) => row).join('');

test('rows keep their held places', () => expect(hold('cab', 'abc')).toBe('abc'));
test('new rows follow in their own order', () => expect(hold('yaxb', 'ba')).toBe('bayx'));
test('rows that are gone leave no hole', () => expect(hold('ca', 'abc')).toBe('ac'));
