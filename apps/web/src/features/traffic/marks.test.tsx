// @vitest-environment happy-dom
// What a row of the live page says where directors, agents and the wanted revision differ.
import { cleanup, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, it } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import type { LiveService, Refused } from '../../live/topic.ts';
import { RefusedFigure } from './refused.tsx';
import { ServiceState } from './service-state.tsx';
import { Weight } from './weight.tsx';

afterEach(cleanup);

function textOf(content: ReactNode, locale: 'en' | 'zh-CN' = 'en'): string {
  const { container } = render(<IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">{content}</IntlProvider>);
  return container.textContent;
}

const names: Readonly<Record<string, string>> = { a: 'lvs-a', b: 'lvs-b' };
const weight = (row: Parameters<typeof Weight>[0]['row']) => <Weight row={row} directorName={(id) => names[id] ?? id} />;

it('a weight stands alone while it is the wanted one, and beside the wanted one while it is not', () => {
  expect(textOf(weight({ weight: 3, weights: [], wantedWeight: 3 }))).toBe('3');
  expect(textOf(weight({ weight: 3, weights: [], wantedWeight: 7 }))).toBe('3wanted 7');
  expect(textOf(weight({ weight: 3, weights: [], wantedWeight: null }))).toBe('3');
  expect(textOf(weight({ weight: null, weights: [], wantedWeight: 7 }))).toBe('—');
});

it('weights that differ between directors are told by director', () => {
  const row = { weight: null, weights: [{ directorId: 'a', weight: 3 }, { directorId: 'b', weight: 0 }], wantedWeight: 3 };
  expect(textOf(weight(row))).toBe('3 on lvs-a, 0 on lvs-bwanted 3');
  expect(textOf(weight(row), 'zh-CN')).toBe('lvs-a 上为 3, lvs-b 上为 0目标 3');
});

it.each<[Refused, string, string]>([
  [{ total: '0', perSecond: 0, reasons: [] }, '0', '0'],
  [{ total: '1234', perSecond: 2.5, reasons: [{ reason: 'noRealServer', count: '1200' }, { reason: 'serviceFull', count: '34' }] },
    '1,2342.50/sno real server 1,200service full 34', '1,2342.50/s没有真实服务器 1,200服务已满 34'],
  ['forwarder', 'not counted by this forwarder', '此转发器不统计'],
  [null, '—', '—'],
])('refused %j is said, and never as 0 where nobody counted', (refused, en, zh) => {
  expect([textOf(<RefusedFigure refused={refused} />), textOf(<RefusedFigure refused={refused} />, 'zh-CN')]).toEqual([en, zh]);
});

it.each<[Partial<LiveService> & { silent?: boolean }, string, string]>([
  [{}, 'up', 'takes new ones'],
  [{ takesNoneOn: ['a'] }, 'down', 'takes no new ones'],
  [{ realServerCount: 0 }, 'degraded', 'no real servers'],
  [{ silent: true, takesNoneOn: ['a'] }, 'stale', 'does not answer'],
  [{ directors: [], takesNoneOn: [] }, 'unknown', 'not known'],
])('a service with %j is %s', ({ silent = false, ...change }, status, words) => {
  const each = { connections: null, packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null };
  const service: LiveService = {
    clusterId: 'c', serviceId: 'web', name: 'web', key: 'tcp 10.0.0.1:80', holderId: null, directors: ['a'], refused: null, wanted: true, health: [], notAppliedOn: [], takesNoneOn: [],
    realServerCount: 2, realServers: [],
    figures: { active: null, inactive: null, persistent: null, totals: each, perSecond: each, windowMs: null, byteKind: null, measuredAtMs: null },
    ...change,
  };
  textOf(<ServiceState service={service} silent={silent} />);
  expect(screen.getByText(words).parentElement?.dataset['status']).toBe(status);
});
