import { Bytes } from '@weir/model';
import { assert, property, uint8Array } from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOf, detailOf, shown, shownText } from './bytes.ts';

it('reads what people write, and shows it as it was written', () => {
  const written = String.raw`PING\r\n\x00\xff\\é`;
  expect(bytesOf(written)).toEqual(Buffer.from([0x50, 0x49, 0x4e, 0x47, 13, 10, 0, 0xff, 0x5c, 0xc3, 0xa9]));
  expect(shown(bytesOf(String.raw`PING\r\n\0\\é`))).toBe(String.raw`PING\r\n\0\\é`);
  expect(shown(Buffer.from([0xff, 0x41, 0x1b]))).toBe(String.raw`\xffA\x1b`);
});

it('shows no secret, neither whole nor cut, also among bytes that are no text', () => {
  const secret = 'hunter2-é';
  expect(shown(Buffer.from(`a ${secret} b`), [secret])).toBe('a ••• b');
  expect(shown(Buffer.concat([Buffer.from(`${secret} b`), Buffer.from([0xff])]), [secret])).toBe(String.raw`••• b\xff`);
  const text = shownText(`${'x'.repeat(995)}${secret}`, [secret]);
  expect(text).toBe(`${'x'.repeat(995)}•••`);
});

it('any bytes are shown within bounds as text that can be read back', () => {
  assert(property(uint8Array({ maxLength: 200 }), (bytes) => {
    const text = shown(bytes);
    expect(text.length).toBeLessThanOrEqual(1_000);
    expect(text).not.toMatch(/\p{Cs}/u);
    expect(Bytes.safeParse(text).success ? bytesOf(text) : Buffer.from(bytes)).toEqual(Buffer.from(bytes));
  }));
  expect(shown(Buffer.alloc(5_000, 1)).length).toBe(1_000);
  expect(shownText('🙂'.repeat(800)).length).toBeLessThanOrEqual(1_000);
});

it('says details in one line', () => {
  expect(detailOf('a\r\nb\u0000c')).toBe('a b c');
  expect(detailOf('\n')).toBeNull();
  expect(detailOf('🙂'.repeat(400))?.length).toBeLessThanOrEqual(300);
});
