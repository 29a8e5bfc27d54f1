// @vitest-environment happy-dom
// Rules, channels and the mail server: read by all, set by administrators, with bad input said at its field and no secret ever shown.
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { AlertChannel, AlertRule, ChannelAnswer, MailServer } from '../../../alerts/alert.ts';
import { messagesOf } from '../../../i18n/messages.ts';
import { ada, renderInPanel } from '../../../trpc/testing/in-panel.tsx';
import { AlertRules } from './rules.tsx';

const { alertRules, alertChannels, mailServer } = messagesOf('en');
const rules: AlertRule[] = [
  { kind: 'realServerDown', on: true, forSeconds: 30, days: null, clusterIds: null, groupSeconds: 10, channelIds: ['ops'], quietHours: { days: [6, 7], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' } },
  { kind: 'certificateEnding', on: false, forSeconds: 0, days: 14, clusterIds: null, groupSeconds: 0, channelIds: [], quietHours: null },
];
const channels: AlertChannel[] = [{ id: 'ops', name: 'night desk', locale: 'en', target: { kind: 'webHook', url: 'https://example.org/hook', hasToken: true, hasHmacSecret: false }, failing: { sinceMs: 0, answer: { code: 'status', status: 500, body: null, atMs: 0, tookMs: 3 } } }];
const server: MailServer = { host: 'mail.example.org', port: 587, security: 'startTls', user: 'weir', from: 'weir@example.org', hasPassword: true };
const certificate = { subject: 'CN=weir.example.org', endsAtMs: Date.parse('2027-02-03T04:05:00Z') };
const answer: ChannelAnswer = { code: 'status', status: 503, body: 'come back later', atMs: 0, tookMs: 12 };

function open(role: 'viewer' | 'admin') {
  const sent: { path: string; input: unknown }[] = [];
  const answers: Record<string, unknown> = { 'alerts.rules': rules, 'alerts.channels': channels, 'alerts.mailServer': server, 'alerts.certificate': role === 'viewer' ? certificate : null, 'clusters.list': [{ id: 'c1', name: 'edge' }] };
  const answered = (path: string, input: unknown) => {
    if (!(path in answers) || (role === 'viewer' && !['alerts.rules', 'alerts.certificate'].includes(path))) sent.push({ path, input });
    return path === 'alerts.testChannel' ? answer : answers[path];
  };
  renderInPanel(<AlertRules />, { person: ada(role), answer: answered });
  return sent;
}

const deadline = { timeout: 15_000 };
const press = (name: string | RegExp, within_: HTMLElement = document.body) => fireEvent.click(within(within_).getByRole('button', { name }));
const type = (label: string, value: string) => fireEvent.change(within(screen.getByRole('dialog')).getByLabelText(label), { target: { value } });
const openDialog = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }, deadline));

afterEach(cleanup);

test('a viewer reads what is watched and when it is quiet, is offered nothing, and asks for nothing of channels', async () => {
  const asked = open('viewer');
  const table = await screen.findByRole('table', { name: alertRules.rules }, deadline);
  const [, down, ending] = within(table).getAllByRole('row').map((row) => row.textContent);
  expect(down).toContain('Sat, Sun 22:00–06:00 Europe/Berlin');
  expect(ending).toContain('14 days before');
  expect(ending).toContain(alertRules.off);
  await waitFor(() => expect(table.textContent).toContain('Watches CN=weir.example.org, which ends on Feb 3, 2027'), deadline);
  expect(down).toContain('1 channel');
  expect(screen.queryAllByRole('button')).toEqual([]);
  expect(asked.filter(({ path }) => /channels|mailServer/.test(path))).toEqual([]);
});

describe('an administrator', () => {
  test('is told what a rule will do before it is saved, and what is wrong with it', async () => {
    const sent = open('admin');
    await screen.findByText('night desk', undefined, deadline);
    expect(await screen.findByText(alertRules.certificate.none, undefined, deadline)).toBeTruthy();
    expect(screen.getByRole('table', { name: alertChannels.title }).textContent).toContain('Answered with status 500.');
    await openDialog('Edit the rule: Real server down');
    const dialog = await screen.findByRole('dialog', undefined, deadline);
    const effect = 'Fires when it has held for 30 s. Sent to night desk, with what else fires for the same cluster within 10 s. Nothing is sent Sat, Sun 22:00–06:00 Europe/Berlin.';
    await waitFor(() => expect(dialog.textContent).toContain(effect), deadline);
    type(alertRules.forSeconds, 'soon');
    type(alertRules.timeZone, 'Atlantis');
    press(alertRules.save, dialog);
    expect(await within(dialog).findByText('A whole number.', undefined, deadline)).toBeTruthy();
    expect(within(dialog).getByText(/Not a time zone/)).toBeTruthy();
    expect(dialog.textContent).toContain(alertRules.effectOpen);
    expect(sent).toEqual([]);
    type(alertRules.forSeconds, '0');
    fireEvent.click(within(dialog).getByLabelText(alertRules.hasQuiet));
    press(alertRules.save, dialog);
    await waitFor(() => expect(sent).toEqual([{ path: 'alerts.setRule', input: { ...rules[0], forSeconds: 0, quietHours: null } }]), deadline);
  });

  test('saves a channel and its secret stays, for it is not shown and was left empty', async () => {
    const sent = open('admin');
    await openDialog('Edit channel night desk');
    const dialog = await screen.findByRole('dialog', undefined, deadline);
    expect(within(dialog).getByLabelText(alertChannels.token)).toHaveProperty('value', '');
    type(alertChannels.url, 'example.org');
    press(alertChannels.save, dialog);
    expect(await within(dialog).findByText(/Not a web address/, undefined, deadline)).toBeTruthy();
    type(alertChannels.url, 'https://example.org/other');
    press(alertChannels.save, dialog);
    await waitFor(() => expect(sent).toHaveLength(1), deadline);
    expect(JSON.parse(JSON.stringify(sent))).toEqual([{ path: 'alerts.saveChannel', input: { id: 'ops', name: 'night desk', locale: 'en', target: { kind: 'webHook', url: 'https://example.org/other' } } }]);
  });

  test('sees what a test message came to', async () => {
    open('admin');
    await openDialog('Send a test message to night desk');
    const dialog = await screen.findByRole('dialog', undefined, deadline);
    expect(dialog.textContent).toContain(alertChannels.testNotTaken);
    expect(dialog.textContent).toContain('Answered with status 503. 12 ms');
    expect(dialog.textContent).toContain('come back later');
  });

  test('is told how many rules a channel is taken from', async () => {
    const sent = open('admin');
    await openDialog('Remove channel night desk');
    const dialog = await screen.findByRole('alertdialog', undefined, deadline);
    await waitFor(() => expect(dialog.textContent).toContain('1 rule sends to it, and will not any more.'), deadline);
    press(alertChannels.remove, dialog);
    await waitFor(() => expect(sent.map(({ path }) => path)).toEqual(['alerts.removeChannel']), deadline);
  });

  test('sets the mail server: the usual port follows what is encrypted, and the password stays', async () => {
    const sent = open('admin');
    await screen.findByText('mail.example.org:587', undefined, deadline);
    const panel = screen.getByRole('region', { name: mailServer.title });
    press(mailServer.edit, panel);
    const dialog = await screen.findByRole('dialog', undefined, deadline);
    type(mailServer.security, 'tls');
    await waitFor(() => expect(within(dialog).getByLabelText(mailServer.port)).toHaveProperty('value', '465'), deadline);
    type(mailServer.from, 'weir');
    press(mailServer.save, dialog);
    expect(await within(dialog).findByText('Not an e-mail address.', undefined, deadline)).toBeTruthy();
    type(mailServer.from, 'alerts@example.org');
    press(mailServer.save, dialog);
    await waitFor(() => expect(sent).toHaveLength(1), deadline);
    const { hasPassword: _hasPassword, ...known } = server;
    expect(JSON.parse(JSON.stringify(sent[0]?.input))).toEqual({ ...known, security: 'tls', port: 465, from: 'alerts@example.org' });
  });
});
