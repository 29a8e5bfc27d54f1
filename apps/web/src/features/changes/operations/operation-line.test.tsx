// @vitest-environment happy-dom
// What an operation came to, in both languages: why one that was not tried was not.
import type { OperationResult, PlanOperation } from '@weir/model';
import { cleanup, render, screen } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import type { Locale } from '../../../i18n/locale.ts';
import { messagesOf } from '../../../i18n/messages.ts';
import { OperationLine } from './operation-line.tsx';

afterEach(cleanup);

const operation: PlanOperation = {
  kind: 'removeRealServer', service: { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 },
  removed: { endpoint: { rip: '10.0.0.20', port: 80 }, settings: { method: { kind: 'dr' }, weight: 1, thresholds: { upper: 0, lower: 0 } } },
};

function show(locale: Locale, result: OperationResult): void {
  render(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <ol><OperationLine operation={operation} result={result} /></ol>
    </IntlProvider>,
  );
}

test.each(['en', 'zh-CN'] as const)('%s: says why it was not tried', (locale) => {
  const { untried, status } = messagesOf(locale).results;
  show(locale, { status: 'skipped', why: 'additionRefused' });
  expect(screen.getByRole('listitem').textContent).toContain(status.skipped);
  expect(screen.getByRole('listitem').textContent).toContain(untried.additionRefused);
});

test('says nothing of why where an agent of version 1 does not', () => {
  show('en', { status: 'skipped', why: null });
  expect(screen.getByRole('listitem').textContent).toMatch(/not tried$/);
});

test.each(['en', 'zh-CN'] as const)('%s: beside what is proxied says that ipvsadm has no method for it, beside a weight that it refuses that no command says it', (locale) => {
  const { noMethod, noCommand } = messagesOf(locale).changes;
  const settings = { method: { kind: 'proxied', source: null }, weight: 1, thresholds: { upper: 0, lower: 0 } } as const;
  const { service } = operation;
  const said = (shown: PlanOperation): string => {
    cleanup();
    render(<IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC"><ol><OperationLine operation={shown} withCommand /></ol></IntlProvider>);
    return screen.getByRole('listitem').textContent;
  };
  expect(said({ kind: 'setRealServer', service, endpoint: { rip: '10.0.0.20', port: 80 }, before: settings, after: { ...settings, weight: 3 } })).toContain(noMethod);
  const heavy = said({ kind: 'addRealServer', service, realServer: { endpoint: { rip: '10.0.0.20', port: 80 }, settings: { ...settings, method: { kind: 'dr' }, weight: 70_000 } } });
  expect(heavy).toContain(noCommand);
  expect(heavy).not.toContain(noMethod);
});
