// Both languages say the same things, with the same arguments; every code has its sentence.
import { readFileSync } from 'node:fs';
import { deviationCodes, healthUnsupportedCodes, rules } from '@weir/model';
import { AgentFaultCode } from '@weir/protocol';
import { createTranslator } from 'use-intl/core';
import { expect, test } from 'vitest';
import { errorKinds } from '../server/errors.ts';
import { messagesOf } from './messages.ts';

type Tree = { readonly [key: string]: string | Tree };

function flat(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(Object.entries(tree).flatMap(([key, value]): [string, string][] => (
    typeof value === 'string' ? [[prefix + key, value]] : [...flat(value, `${prefix}${key}.`)])));
}

/** Names and kinds of a message's arguments: every brace that opens a name. */
function argumentsOf(message: string): string[] {
  const found = [...message.matchAll(/\{\s*(\w+)\s*(?:\}|,\s*(\w+))/g)].map(([, name = '', kind = 'text']) => `${name} ${kind}`);
  return [...new Set(found)].toSorted();
}

const en = flat(messagesOf('en'));
const zh = flat(messagesOf('zh-CN'));

test('no key stands twice: the second would hide the first', () => {
  for (const name of ['en', 'zh-CN']) {
    const text = readFileSync(new URL(`messages/${name}.json`, import.meta.url), 'utf8');
    expect(text.replaceAll(/\s/g, '')).toBe(JSON.stringify(JSON.parse(text)).replaceAll(/\s/g, ''));
  }
});

test('Chinese has exactly the keys of English', () => expect([...zh.keys()].toSorted()).toEqual([...en.keys()].toSorted()));

test('each message takes the same arguments in both languages', () => {
  for (const [key, message] of en) expect([key, argumentsOf(zh.get(key) ?? '')]).toEqual([key, argumentsOf(message)]);
});

test('each message is well formed: it formats with its arguments', () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    const t = createTranslator({ locale, messages: messagesOf(locale), onError: (error) => { throw error; } });
    for (const [key, message] of flat(messagesOf(locale))) {
      const values = Object.fromEntries(argumentsOf(message).map((argument) => {
        const [name = '', kind] = argument.split(' ');
        return [name, kind === 'plural' ? 2 : 'x'];
      }));
      const text = t(key as 'shell.product', values as never);
      expect({ key, whole: text !== key && !/[{}]/.test(text) }).toEqual({ key, whole: true });
    }
  }
});

test('every rule of the model has its sentence', () => {
  const codes = [...rules.map(({ code }) => code), 'unsupportedByDriver', 'unsureOfDriver', 'agentTooOldForHealth', 'foreignService', ...healthUnsupportedCodes, ...deviationCodes];
  expect(codes.filter((code) => !en.has(`findings.${code}`))).toEqual([]);
});

test('every error of the panel and every refusal of an agent has its sentence', () => {
  expect(Object.keys(errorKinds).filter((code) => !en.has(`errors.${code}`))).toEqual([]);
  const refused = en.get('errors.directorRefused') ?? '';
  // These become errors of their own before a browser sees them.
  const own = ['enrolmentClosed', 'wrongSecret', 'versionMismatch', 'alreadyEnrolled'];
  expect(AgentFaultCode.options.filter((code) => !own.includes(code) && !refused.includes(`${code} {`))).toEqual([]);
});

test('nobody shouts and nothing is done successfully', () => {
  expect([...en].filter(([, message]) => /!|successful/i.test(message))).toEqual([]);
});
