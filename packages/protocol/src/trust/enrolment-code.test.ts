import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AgentAddress, EnrolmentCode, EnrolmentSecret, formatEnrolmentCode, KeyHash, parseEnrolmentCode } from './enrolment-code.ts';

const plainIpv6 = /^(?!::ffff:|::\d+\.)[0-9a-f:]+$/i;
const hex = (length: number): fc.Arbitrary<string> => fc.uint8Array({ minLength: length / 2, maxLength: length / 2 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const host = fc.oneof(fc.ipV4(), fc.domain(), fc.ipV6().filter((text) => plainIpv6.test(text)).map((text) => `[${text}]`));
const code: fc.Arbitrary<EnrolmentCode> = fc.record({
  address: fc.tuple(host, fc.integer({ min: 1, max: 65_535 })).map(([name, port]) => `${name}:${port}`).filter((address) => AgentAddress.safeParse(address).success),
  keyHash: hex(64),
  secret: hex(32),
});

const one: EnrolmentCode = { address: 'lb-1.example.org:9348', keyHash: '0123456789abcdef'.repeat(4), secret: 'fedcba98'.repeat(4) };
const text = formatEnrolmentCode(one);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('');

describe('an enrolment code', () => {
  it('says again what was put in', () => {
    fc.assert(fc.property(code, (given) => {
      expect(parseEnrolmentCode(formatEnrolmentCode(given))).toEqual(given);
    }));
  });

  it('is one word that needs no quoting', () => {
    fc.assert(fc.property(code, (given) => {
      expect(formatEnrolmentCode(given)).toMatch(/^weir1-[\w-]+$/);
    }));
  });

  it('may be broken over lines and have blanks around it, as terminals and mail do', () => {
    const broken = ` \t${text.match(/.{1,20}/g)?.join('\r\n  ') ?? ''}\u00a0\n`;
    expect(parseEnrolmentCode(broken)).toEqual(one);
  });

  it('of the longest address is still read, with a line end after each character', () => {
    const long = { ...one, address: `${'a'.repeat(249)}:65535` };
    expect(parseEnrolmentCode(formatEnrolmentCode(long))).toEqual(long);
    expect(parseEnrolmentCode(formatEnrolmentCode(long).split('').join('\r\n'))).toEqual(long);
  });

  it('with any one character mistaken for another is refused', () => {
    for (let at = 0; at < text.length; at += 1) {
      for (const wrong of [...alphabet, '.', '=', 'ä', '–']) {
        const slipped = text.slice(0, at) + wrong + text.slice(at + 1);
        expect(slipped === text ? null : parseEnrolmentCode(slipped)).toBeNull();
      }
    }
  });

  it('with one character lost, doubled, or two exchanged is refused', () => {
    for (let at = 0; at < text.length; at += 1) {
      const lost = text.slice(0, at) + text.slice(at + 1);
      const doubled = text.slice(0, at) + text.charAt(at) + text.slice(at);
      const exchanged = text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
      for (const slipped of [lost, doubled, exchanged]) expect(slipped === text ? null : parseEnrolmentCode(slipped)).toBeNull();
    }
  });

  it('cut off anywhere is refused', () => {
    for (let length = 0; length < text.length; length += 1) expect(parseEnrolmentCode(text.slice(0, length))).toBeNull();
  });

  it.each([
    ['nothing', ''], ['only the prefix', 'weir1-'], ['another version', text.replace('weir1', 'weir2')], ['capitals', text.toUpperCase()],
    ['two codes', text + text], ['a sentence', `The code is ${text}`], ['padding', `${text}==`], ['base64 that is not of a URL', 'weir1-++//'],
    ['NUL', `${text}\0`], ['a megabyte', `weir1-${'A'.repeat(1_000_000)}`], ['a megabyte of blanks', ' '.repeat(1_000_000) + text], ['emoji', 'weir1-🐧'],
  ])('is not %s', (_, given) => expect(parseEnrolmentCode(given)).toBeNull());

  it('is no word of random characters', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 500 }), (word) => {
      expect(parseEnrolmentCode(`weir1-${word}`)).toBeNull();
    }));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (given) => {
      expect(parseEnrolmentCode(given)).toBeNull();
    }));
  });

  it('with a right checksum but no address in it is refused', () => {
    for (const address of ['', 'x', 'a b:1', 'host:0', 'höst:1', 'host:1\n', '../../etc:1']) {
      expect(parseEnrolmentCode(formatEnrolmentCode({ ...one, address }))).toBeNull();
    }
  });
});

describe('where an agent listens', () => {
  it.each(['a:1', '10.0.0.1:9348', 'lb-1.example.org:65535', '[::1]:9348', '[FD00::1]:1'])('%s', (address) => expect(AgentAddress.parse(address)).toBe(address));
  it.each([
    '', 'a', 'a:', ':1', 'a:0', 'a:65536', 'a:99999', 'a:123456', 'a:-1', 'a:1:2', '::1:9348', '[::1]', '[::1]9348', '[]:1', '[:]:1', '[::::]:1', '[1::2::3]:1', '[12345::]:1',
    '[::ffff:a00:1]:1', '[fe80::1%eth0]:1', 'a b:1', '-a:1', 'a-:1', 'a.:1', 'a_b:1', 'http://a:1', 'a:1/', 'user@a:1', 'ä:1', 'a:１', 'a:1\n', ' a:1', `${'a'.repeat(254)}:1`, null, 7,
  ])('not %j', (address) => expect(AgentAddress.safeParse(address).success).toBe(false));
});

describe('what panel and agent pin', () => {
  it.each([KeyHash, EnrolmentSecret])('is hex of one length', (schema) => {
    const length = schema === KeyHash ? 64 : 32;
    expect(schema.safeParse('a'.repeat(length)).success).toBe(true);
    for (const wrong of ['a'.repeat(length - 1), 'a'.repeat(length + 1), 'A'.repeat(length), 'g'.repeat(length), `${'a'.repeat(length)}\n`, null]) {
      expect(schema.safeParse(wrong).success).toBe(false);
    }
  });
});
