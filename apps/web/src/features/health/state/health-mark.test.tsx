// @vitest-environment happy-dom
// What a row says of health: a shape and a word, since when, by how many directors; and where it leads.
import { cleanup, render, screen } from '@testing-library/react';
import { RuleCode, ServiceStateCode, TryFailure, type HealthRule } from '@weir/model';
import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, it } from 'vitest';
import type { LiveHealth } from '../../../live/topic.ts';
import { messagesOf } from '../../../i18n/messages.ts';
import { CheckerNotice } from './checker-notice.tsx';
import { HealthMark } from './health-mark.tsx';
import { ServiceHealthMark } from './service-health.tsx';
import { useHealthText } from './use-health-text.ts';

afterEach(cleanup);

function show(content: ReactNode, locale: 'en' | 'zh-CN' = 'en'): string {
  cleanup();
  return render(<IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">{content}</IntlProvider>).container.textContent;
}

const health = (directorId: string, code: HealthRule['code'], params: HealthRule['params'] = {}): LiveHealth => ({
  directorId, standing: 'up', sinceMs: 0, isUp: true, isUsed: true, rule: { code, params, sinceMs: Date.now() - 65_000 },
});
const of = { clusterId: 'c', serviceId: 'web', realServerId: 'rs-1' };
const mark = (...said: LiveHealth[]) => <HealthMark of={of} realServer="rs-1" health={said} />;

it('nobody who asks is a dash, not "up"', () => {
  expect(show(mark())).toBe('—');
  expect(show(<ServiceHealthMark health={[]} />)).toBe('');
});

it('down is said with since when and by how many directors, and leads to why', () => {
  expect(show(mark(health('a', 'rose'), health('b', 'fell', { fall: 3 })))).toMatch(/^downsince \d\d:\d\d:\d\d · 1 m ago · on 1 of 2 directors$/);
  const link = screen.getByRole('link', { name: 'Why is rs-1 down' });
  expect(link.getAttribute('href')).toBe('/clusters/c/services/web/health/rs-1');
  expect(link.querySelector('[data-status]')?.getAttribute('data-status')).toBe('down');
});

it('the last word of who is silent is not said as if it held', () => {
  expect(show(<HealthMark of={of} realServer="rs-1" health={[health('a', 'rose')]} heardAtMs={Date.now() - 125_000} />)).toMatch(/^uplast heard \d\d:\d\d:\d\d · 2 m ago$/);
  expect(document.querySelector('[data-status]')?.getAttribute('data-status')).toBe('stale');
});

it.each<[HealthRule['code'], HealthRule['params'], string, string, string]>([
  ['slowStart', { percent: 40, weight: 4 }, 'up', 'up, slow start at 40 %', '正常，慢启动 40 %'],
  ['braked', { silent: 3, good: 4 }, 'degraded', 'silent, not taken out', '无应答，未移出'],
  ['failOpen', {}, 'degraded', 'down, used all the same', '停机，仍在使用'],
  ['first', { as: 'up' }, 'unknown', 'not decided yet', '尚未判定'],
])('%s has its shape and its words', (code, params, status, en, zh) => {
  expect(show(mark(health('a', code, params)), 'zh-CN')).toContain(zh);
  expect(show(mark(health('a', code, params)))).toContain(en);
  expect(document.querySelector('[data-status]')?.getAttribute('data-status')).toBe(status);
});

const state = (code: 'allUp' | 'belowSorry', usable: number) => ({ code, params: { usable, of: 3, needed: 2 }, sinceMs: Date.now() });

it('a service is said as the director has it that sees it gravest', () => {
  expect(show(<ServiceHealthMark brief health={[{ directorId: 'a', state: state('allUp', 3), sorry: false }, { directorId: 'b', state: state('belowSorry', 1), sorry: true }]} />))
    .toBe('below its quorum: the sorry server answerson 1 of 2 directors');
});

it('a director whose own network may be the reason, and one that is late, are told', () => {
  expect(show(<CheckerNotice director="lvs-a" checker={{ targets: 9, late: null, braked: null }} />)).toBe('');
  const said = show(<CheckerNotice director="lvs-a" checker={{ targets: 9, late: { targets: 2, worstMs: 4_000, sinceMs: Date.now() }, braked: { hosts: 3, sinceMs: Date.now() } }} />);
  expect(said).toContain('lvs-a: 3 hosts fell silent together');
  expect(said).toContain('lvs-a asks 2 checks late, by up to 4 s');
});

function EveryWord() {
  const text = useHealthText();
  return (
    <ul>
      {RuleCode.options.map((code) => <li key={code}>{text.rule({ code, params: { as: 'down' }, sinceMs: 0 })}</li>)}
      {ServiceStateCode.options.map((code) => <li key={code}>{text.service({ code, params: {}, sinceMs: 0 })}</li>)}
      {TryFailure.options.map((failure) => <li key={failure}>{`${text.failureWord(failure)}: ${text.failure(failure)}`}</li>)}
    </ul>
  );
}

it.each(['en', 'zh-CN'] as const)('every rule, state and failure has a sentence of its own (%s)', (locale) => {
  show(<EveryWord />, locale);
  const said = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(said.every((sentence) => sentence.length > 3 && !/health\.|\{/.test(sentence))).toBe(true);
  const failures = said.slice(-TryFailure.options.length);
  expect(new Set(failures).size).toBe(TryFailure.options.length);
});
