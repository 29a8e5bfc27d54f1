import { assert, nat, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dnsReply } from '../../testing/dns-reply.ts';
import { question, readAnswer } from './message.ts';

const asked = question(0x1234, 'shop.example.', 'A');

/** An answer with one record whose data is given: type, bytes. */
function withRecord(type: number, data: readonly number[], length = data.length): Buffer {
  const reply = dnsReply(asked, []);
  reply.writeUInt16BE(1, 6);
  return Buffer.concat([reply, Buffer.from([0xc0, 0x0c, 0, type, 0, 1, 0, 0, 0, 60, length >> 8, length & 0xff, ...data])]);
}

const SHOP = [0xc0, 0x0c];

it('asks as RFC 1035 has it, and for the root', () => {
  expect(asked.toString('hex')).toBe('1234010000010000000000000473686f70076578616d706c650000010001');
  expect(question(1, '.', 'NS').subarray(12).toString('hex')).toBe('0000020001');
});

it.each([
  ['A', 1, [192, 0, 2, 7], '192.0.2.7'],
  ['AAAA', 28, [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7], '2001:db8::7'],
  ['CNAME', 5, [3, 119, 119, 119, ...SHOP], 'www.shop.example.'],
  ['NS', 2, SHOP, 'shop.example.'],
  ['PTR', 12, [0], '.'],
  ['MX', 15, [0, 10, ...SHOP], '10 shop.example.'],
  ['SRV', 33, [0, 1, 0, 2, 0, 80, ...SHOP], '1 2 80 shop.example.'],
  ['SOA', 6, [...SHOP, ...SHOP, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5], 'shop.example. shop.example. 1 2 3 4 5'],
  ['TXT', 16, [2, 104, 105, 3, 97, 34, 0xff], String.raw`"hi" "a\"\255"`],
])('writes %s as dig +short does', (type, number, data, text) => {
  expect(readAnswer(withRecord(number, data))).toEqual({ id: 0x1234, code: 'NOERROR', isCut: false, records: [{ type, text }] });
});

it('steps over records that it has no words for, and tells errors by their names', () => {
  expect(readAnswer(withRecord(46, [1, 2, 3]))).toMatchObject({ records: [] });
  expect(readAnswer(dnsReply(asked, [], 3))).toMatchObject({ code: 'NXDOMAIN' });
  expect(readAnswer(dnsReply(asked, [], 15))).toMatchObject({ code: 'code 15' });
});

describe('of a hostile server', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'too early'],
    ['a question', asked, 'no answer'],
    ['a pointer to itself', withRecord(5, [0xc0, 12 + 18 + 12]), 'does not end'],
    ['a pointer behind the end', withRecord(5, [0xff, 0xff]), 'too early'],
    ['a label of no kind', withRecord(5, [0x80, 1]), 'no known kind'],
    ['a length beyond the end', withRecord(1, [1, 2, 3, 4], 400), 'not as long'],
    ['an address that is too short', withRecord(1, [1, 2, 3]), 'too early'],
    ['a text beyond its record', withRecord(16, [200, 1, 2]), 'too early'],
    ['more records than it has', Buffer.from(dnsReply(asked, ['192.0.2.7'])).fill(0xff, 6, 8), 'too early'],
    ['a name without end', withRecord(5, Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? 1 : 97))), 'too long'],
  ])('%s is no answer', (_name, bytes, reason) => {
    expect(readAnswer(bytes)).toContain(reason);
  });

  it('keeps of a cut message what is whole', () => {
    const whole = dnsReply(asked, ['192.0.2.7', '192.0.2.8']);
    whole.writeUInt16BE(whole.readUInt16BE(2) | 0x0200, 2);
    expect(readAnswer(whole.subarray(0, -3))).toMatchObject({ isCut: true, records: [{ text: '192.0.2.7' }] });
  });

  it('any bytes are read or refused, and nothing else', () => {
    const start = dnsReply(asked, ['192.0.2.7']);
    assert(property(uint8Array({ maxLength: 300 }), nat(start.length), (noise, at) => {
      const answer = readAnswer(Buffer.concat([start.subarray(0, at), noise]));
      expect(['string', 'object']).toContain(typeof answer);
    }));
  });
});
