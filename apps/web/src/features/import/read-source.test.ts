import { formatErrorCodes, noteCodes, unsaidCodes } from '@weir/model/formats';
import { expect, test } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import { inOrder, likelyMain, readSource } from './read-source.ts';

const options = { configId: null, protocol: null };
const files = [{ name: 'b.conf', text: 'b' }, { name: 'etc/keepalived.conf', text: 'a' }];

test.each([
  ['ipvsadm', '# saved\n-A -t 10.0.0.1:80 -s rr'],
  ['keepalived.conf', '! shop\nvirtual_server 10.0.0.1 80 {\n protocol TCP\n}'],
])('%s is known by its text', (_, text) => {
  const read = readSource({ files: [{ name: 'f', text }], format: null, options });
  expect(read.kind === 'read' && read.imported.definition.services.map(({ name }) => name)).toEqual(['10.0.0.1:80']);
});

test('a text that tells nothing is asked about, and no text is said to be none', () => {
  expect(readSource({ files: [{ name: 'f', text: 'hello' }], format: null, options })).toEqual({ kind: 'unknownFormat' });
  expect(readSource({ files: [{ name: 'f', text: ' \n' }], format: null, options })).toMatchObject({ kind: 'failed', error: { code: 'nothingGiven' } });
});

test('it begins with the file that keepalived begins with', () => {
  expect(likelyMain(files)).toBe('etc/keepalived.conf');
  expect(inOrder(files, 'etc/keepalived.conf').map(({ name }) => name)).toEqual(['etc/keepalived.conf', 'b.conf']);
  expect(likelyMain(files.slice(0, 1))).toBe('b.conf');
});

test.each(['en', 'zh-CN'] as const)('everything that a report or an export can say has its sentence in %s', (locale) => {
  const { importNotes, importErrors, exporting } = messagesOf(locale);
  expect(Object.keys(importNotes).toSorted()).toEqual([...noteCodes].toSorted());
  expect(Object.keys(importErrors).toSorted()).toEqual([...formatErrorCodes].toSorted());
  expect(Object.keys(exporting.codes).toSorted()).toEqual([...unsaidCodes].toSorted());
});
