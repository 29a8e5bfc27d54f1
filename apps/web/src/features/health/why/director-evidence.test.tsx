// @vitest-environment happy-dom
// Why a real server is down, by one director: the state, the rule, the tries; and who cannot say.
import { cleanup, render, screen, within } from '@testing-library/react';
import type { HealthCheck, Try } from '@weir/model';
import type { HealthEvidence } from '@weir/protocol';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, it } from 'vitest';
import { messagesOf } from '../../../i18n/messages.ts';
import { DirectorEvidence, type DirectorEvidenceProps } from './director-evidence.tsx';

afterEach(cleanup);

const check: HealthCheck = {
  id: 'c1', probe: { type: 'http', method: 'GET', path: '/up', host: null, headers: [{ name: 'X-Token', value: 'a1b2', secret: true }], statuses: [{ from: 200, to: 200 }], body: null, tls: null },
  port: null, source: null, intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_000, rise: 2, fall: 2,
};
const good: Try = {
  checkId: 'c1', startedAtMs: 1_000_000, tookMs: 3.25, sent: 'GET /up HTTP/1.1\\r\\nX-Token: •••', expected: '200', received: 'HTTP/1.1 200 OK\nContent-Length: 2', certificateEndsAtMs: null,
  result: { kind: 'good', weightPercent: null },
};
const refused: Try = { ...good, startedAtMs: 1_005_000, tookMs: 0.4, received: null, result: { kind: 'failed', failure: 'refused', detail: 'connect ECONNREFUSED' } };
const checker = { targets: 2, late: null, braked: null };
const down: HealthEvidence = {
  realServer: { realServerId: 'rs-1', standing: 'down', sinceMs: 1_010_000, isUp: false, isUsed: false, rule: { code: 'fell', params: { check: 'c1', fall: 2, failure: 'refused' }, sinceMs: 1_010_000 } },
  service: { code: 'someDown', params: { usable: 1, of: 2, needed: 1 }, sinceMs: 1_010_000 },
  checks: [{ checkId: 'c1', isAsked: true, standing: 'down', sinceMs: 1_010_000, good: 0, failed: 2, tries: [good, refused, { ...refused, startedAtMs: 1_010_000 }] }],
  checker, readAtMs: 1_011_000,
};

function show(director: DirectorEvidenceProps['director'], locale: 'en' | 'zh-CN' = 'en'): string {
  return render(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <DirectorEvidence director={director} checks={[check]} onRetry={() => undefined} busy={false} />
    </IntlProvider>,
  ).container.textContent;
}
const said = (evidence: HealthEvidence, locale: 'en' | 'zh-CN' = 'en') => show({ directorId: 'a', name: 'lvs-a', evidence, heardAtMs: 1_011_000, error: null }, locale);

it('the state, the rule with its check, what the failure means, and the tries newest first', () => {
  const text = said(down);
  expect(text).toContain('2 failed tries in a row: down. By check 1, http GET /up 200 X-Token: •••.');
  expect(text).toContain('Refused. Nothing listens on that port');
  expect(text).toContain('1 of 2 in use');
  expect(text).not.toContain('a1b2');
  const rows = within(screen.getByRole('table', { name: 'Last tries of check 1 on lvs-a' })).getAllByRole('row').slice(1).map((row) => row.textContent);
  expect(rows).toEqual(['00:16:50refusedconnect ECONNREFUSED0.4 ms—', '00:16:45refusedconnect ECONNREFUSED0.4 ms—', '00:16:40good3.3 msHTTP/1.1 200 OKHTTP/1.1 200 OK\nContent-Length: 2']);
  expect(text).toContain('SentGET /up HTTP/1.1\\r\\nX-Token: •••Expected200');
});

it('in Chinese too', () => {
  const text = said(down, 'zh-CN');
  expect(text).toContain('连续 2 次失败：停机。');
  expect(text).toContain('被拒绝。该端口没有程序监听');
});

it('one that it does not decide, and a check that it cannot ask, say so', () => {
  const text = said({ ...down, realServer: null, service: null, checks: [{ checkId: 'c1', isAsked: false, standing: 'unknown', sinceMs: 0, good: 0, failed: 0, tries: [] }] });
  expect(text).toContain('it has not accepted a revision with checks of this service');
  expect(text).toContain('This check cannot be asked on this director');
});

it('while it is up nothing of an old failure is said as if it held', () => {
  const { realServer } = down;
  if (realServer === null) throw new Error('a real server');
  const text = said({ ...down, realServer: { ...realServer, standing: 'up', isUp: true, rule: { code: 'rose', params: { check: 'c1', rise: 2 }, sinceMs: 0 } } });
  expect(text).toContain('2 good tries in a row: up.');
  expect(text).not.toContain('Nothing listens on that port');
});

it('a director that does not answer says so by its name, with a way to ask again', () => {
  const text = show({ directorId: 'a', name: 'lvs-a', error: { code: 'directorSilent', params: { director: 'lvs-a', why: 'timeout' } } });
  expect(text).toContain('lvs-a cannot say.');
  expect(screen.getByRole('button', { name: 'Retry' })).toBeTruthy();
});
