// The forms of rules, channels and the mail server: what they save, and what they refuse at which field.
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { AlertChannel, AlertRule } from '../../alerts/alert.ts';
import { issueWords } from '../form/issue-words.ts';
import { channelForm, fieldsOf as channelFields } from './channels/channel-fields.ts';
import { fieldsOf as mailFields, MailForm } from './mail/mail-fields.ts';
import { fieldsOf as ruleFields, ruleForm } from './rules/rule-fields.ts';

/** Each field that is refused, with the sentence it gets. */
function refused(schema: z.ZodType, values: unknown): Record<string, string> {
  const issues = schema.safeParse(values).error?.issues ?? [];
  return Object.fromEntries(issues.map((issue) => [issue.path.join('.'), issueWords(issue).key]));
}

describe('a rule', () => {
  const rule: AlertRule = {
    kind: 'realServerDown', on: true, forSeconds: 30, days: null, clusterIds: ['c1'], groupSeconds: 60, channelIds: ['ops'],
    quietHours: { days: [1, 7], from: '22:00', to: '06:30', timeZone: 'Europe/Berlin' },
  };
  const form = ruleForm('realServerDown');
  const fields = ruleFields(rule, 'UTC');

  it('comes out of its fields as it went in', () => {
    expect(form.parse(fields)).toEqual(rule);
    const plain: AlertRule = { ...rule, clusterIds: null, quietHours: null };
    expect(form.parse(ruleFields(plain, 'Asia/Shanghai'))).toEqual(plain);
    expect(ruleFields(plain, 'Asia/Shanghai').quietHours.timeZone, 'for when they are wanted').toBe('Asia/Shanghai');
  });

  it('refuses numbers that are none, too large or broken, at their field', () => {
    expect(refused(form, { ...fields, forSeconds: 'soon', groupSeconds: '' })).toEqual({ forSeconds: 'wholeNumber', groupSeconds: 'wholeNumber' });
    expect(refused(form, { ...fields, forSeconds: '86401', groupSeconds: '-1' })).toEqual({ forSeconds: 'atMost', groupSeconds: 'atLeast' });
    expect(refused(form, { ...fields, forSeconds: '1.5' })).toEqual({ forSeconds: 'wholeNumber' });
  });

  it('refuses quiet hours that are half filled in, in a zone that is none, or never end', () => {
    const quiet = (more: Partial<typeof fields.quietHours>) => refused(form, { ...fields, quietHours: { ...fields.quietHours, ...more } });
    expect(quiet({ days: [], from: '' })).toEqual({ 'quietHours.days': 'required', 'quietHours.from': 'required' });
    expect(quiet({ timeZone: 'Atlantis' })).toEqual({ 'quietHours.timeZone': 'notATimeZone' });
    expect(quiet({ days: ['1', '2', '3', '4', '5', '6', '7'], to: '22:00' })).toEqual({ 'quietHours.to': 'neverEnds' });
    expect(refused(form, { ...fields, quiet: false, quietHours: { days: [], from: '', to: '', timeZone: '' } }), 'none are wanted').toEqual({});
  });

  it('wants a cluster where it is not for all, and days for a certificate', () => {
    expect(refused(form, { ...fields, clusterIds: [] })).toEqual({ clusterIds: 'required' });
    expect(refused(ruleForm('certificateEnding'), { ...fields, days: '' })).toEqual({ days: 'wholeNumber' });
    expect(ruleForm('certificateEnding').parse({ ...fields, days: '21' })).toMatchObject({ days: 21 });
  });
});

describe('a channel', () => {
  const hook: AlertChannel = { id: 'h', name: 'ops', locale: 'en', target: { kind: 'webHook', url: 'https://example.org/hook', hasToken: true, hasHmacSecret: false }, failing: null };

  it('keeps a secret that is left empty, and takes it away only when that is said', () => {
    const fields = channelFields(hook, 'en');
    expect(channelForm('h').parse(fields)).toMatchObject({ id: 'h', target: { url: 'https://example.org/hook', token: undefined, hmacSecret: undefined } });
    expect(channelForm('h').parse({ ...fields, forget: { token: true, hmacSecret: false } })).toMatchObject({ target: { token: null } });
    expect(channelForm('h').parse({ ...fields, target: { ...fields.target, token: 't0ken' } })).toMatchObject({ target: { token: 't0ken' } });
  });

  it('refuses what is no web address, another scheme, a user in it, and secrets with blanks', () => {
    const fields = channelFields(null, 'en');
    const at = (url: string, token = '') => refused(channelForm(null), { ...fields, name: 'ops', target: { ...fields.target, url, token } });
    expect(at('example.org')).toEqual({ 'target.url': 'url' });
    expect(at('ftp://example.org/')).toEqual({ 'target.url': 'url' });
    expect(at('https://ada:pw@example.org/')).toEqual({ 'target.url': 'userInUrl' });
    expect(at('https://example.org/', 'a b')).toEqual({ 'target.token': 'characters' });
    expect(refused(channelForm(null), { ...fields, target: { ...fields.target, url: 'https://example.org/' } })).toEqual({ name: 'required' });
  });

  it('takes several addresses, however they are put apart, and refuses one that is none', () => {
    const fields = channelFields(null, 'zh-CN');
    const to = (text: string) => ({ ...fields, name: 'desk', target: { ...fields.target, kind: 'email', to: text } });
    expect(channelForm(null).parse(to('a@example.org, b@example.org;\nc@example.org'))).toEqual({
      id: null, name: 'desk', locale: 'zh-CN', target: { kind: 'email', to: ['a@example.org', 'b@example.org', 'c@example.org'] },
    });
    expect(refused(channelForm(null), to('a@example.org, nobody'))).toEqual({ 'target.to': 'email' });
    expect(refused(channelForm(null), to(' '))).toEqual({ 'target.to': 'required' });
  });
});

describe('the mail server', () => {
  const fields = { ...mailFields(null), host: 'mail.example.org', from: 'weir@example.org' };

  it('begins with what is usual', () => {
    expect(MailForm.parse(fields)).toEqual({ host: 'mail.example.org', port: 587, security: 'startTls', user: null, password: undefined, from: 'weir@example.org' });
  });

  it('refuses a host with blanks, a port that is none, and a sender that is none', () => {
    expect(refused(MailForm, { ...fields, host: 'a b' })).toEqual({ host: 'characters' });
    expect(refused(MailForm, { ...fields, port: '70000' })).toEqual({ port: 'atMost' });
    expect(refused(MailForm, { ...fields, port: 'smtp', from: 'weir' })).toEqual({ port: 'wholeNumber', from: 'email' });
  });
});
