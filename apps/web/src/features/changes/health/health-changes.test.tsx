// @vitest-environment happy-dom
// What an apply changes of health, as it is read before it, in both languages.
import type { ServiceHealth } from '@weir/model';
import { cleanup, render, screen } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../../i18n/messages.ts';
import type { PlannedHealth } from '../../../server/changes/planning/planned-health.ts';
import { HealthChanges } from './health-changes.tsx';

const health: ServiceHealth = {
  checks: [{ id: 'c', probe: { type: 'tcp' }, port: 81, source: null, intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_000, rise: 2, fall: 3 }],
  first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
};
const change = (before: ServiceHealth | null, after: ServiceHealth | null, on: readonly string[] | null = null) => ({ serviceId: 's', service: 'web', before, after, on });

function lines(planned: Partial<PlannedHealth>, locale: 'en' | 'zh-CN' = 'en'): string[] {
  render(<IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC"><HealthChanges health={{ changes: [], unknownOn: [], ...planned }} /></IntlProvider>);
  return screen.queryAllByRole('listitem').map((item) => item.textContent);
}

afterEach(() => cleanup());

test('checks that begin say what is asked, how often, and what happens to who does not answer', () => {
  expect(lines({ changes: [change(null, health)] })).toEqual([
    '+web: health checks begin: tcp port 81 every 5 s. A real server that falls silent gets no new connections after 12 to 17 s; one that refuses each try after 10 to 15 s.',
  ]);
  cleanup();
  expect(lines({ changes: [change(null, { ...health, first: 'down', whenDown: 'remove' })] })[0]).toMatch(/is taken out after 12 to 17 s; .* Until its first answers decide, a real server gets no new connections\.$/);
});

test('checks that change say what they were and what they become, also where it is not shown', () => {
  const slower = { ...health, checks: health.checks.map((check) => ({ ...check, intervalMs: 10_000 })) };
  expect(lines({ changes: [change(health, slower)] })[0]).toMatch(/^~web: health checks change: tcp port 81 interval 5 s .* → tcp port 81 interval 10 s .* gets no new connections after 22 to 32 s/);
  cleanup();
  expect(lines({ changes: [change(health, health)] })[0]).toMatch(/^~web: health checks change: what is not shown here\./);
});

test('checks that end say that weights come back, and on which directors', () => {
  expect(lines({ changes: [change(health, null, ['lvs-b'])], unknownOn: ['lvs-c'] })).toEqual([
    '−On lvs-b: web: health checks end: tcp port 81 every 5 s. Its real servers are asked nothing more; those that were down get their weight back.',
    "What changes of health on lvs-c is not known: the revision held there is not one of this panel's.",
  ]);
});

test('in Chinese, and nothing where nothing changes', () => {
  expect(lines({ changes: [change(null, health)] }, 'zh-CN')[0]).toMatch(/^\+web：健康检查开始：tcp port 81，每 5 s。不再应答的真实服务器在 12 至 17 秒后不再得到新连接/);
  cleanup();
  expect(lines({})).toEqual([]);
});
