// What fits, and how well.
import { expect, test } from 'vitest';
import { scoreOf, wordsOf } from './rank.ts';
import type { Known } from './rank.ts';

const service: Known = { name: 'web-edge 443 eu', addresses: ['203.0.113.10', '2001:db8::1'], port: 443, protocol: 'tcp', context: 'tcp 203.0.113.10:443\nshop' };
const score = (text: string, known = service) => scoreOf(known, wordsOf(text));

test('words are addresses, ports and text, in any writing of an address', () => {
  expect(wordsOf(' TCP  [2001:DB8:0::1]:443 203.0.113.10:80 2001:db8::1 :53 99999 web-2 ')).toEqual([
    { text: 'tcp', address: null, port: null },
    { text: '[2001:db8:0::1]:443', address: '2001:db8::1', port: 443 },
    { text: '203.0.113.10:80', address: '203.0.113.10', port: 80 },
    { text: '2001:db8::1', address: '2001:db8::1', port: null },
    { text: '53', address: null, port: 53 },
    { text: '99999', address: null, port: null },
    { text: 'web-2', address: null, port: null },
  ]);
});

test('the exact address says most, then the exact name, then a beginning, then a part', () => {
  const alone = [score('203.0.113.10:443'), score('203.0.113.10'), score('web-edge', { ...service, name: 'web-edge' }), score('web'), score('203.0'), score('edge'), score('dge'), score('shop')];
  expect(alone).toEqual(alone.toSorted((a, b) => b - a));
  expect(new Set(alone).size).toBe(alone.length);
  expect(alone.every((each) => each > 0)).toBe(true);
});

test('an address with another port is not it', () => expect([score('203.0.113.10:80'), score('[2001:db8::1]:443')]).toEqual([0, 120]));
test('an IPv6 address is found however it is written', () => expect(score('2001:0DB8:0:0::1')).toBe(score('203.0.113.10')));
test('a number is a port, or a part of a name', () => {
  expect(score(':443')).toBe(score('443'));
  expect(score('443')).toBeGreaterThan(score('443', { ...service, port: 80 }));
  expect(score('443', { ...service, port: 80 })).toBeGreaterThan(0);
  expect(score('8080')).toBe(0);
});
test('each word must fit', () => {
  expect(score('tcp 443 shop')).toBeGreaterThan(0);
  expect(score('udp 443')).toBe(0);
});
test('what a pattern would be is only text', () => expect([score('.*'), score('['), score('(a+)+$')]).toEqual([0, 0, 0]));
