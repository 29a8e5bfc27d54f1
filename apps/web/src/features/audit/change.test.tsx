// @vitest-environment happy-dom
// What a row of the audit log tells of an entry.
import { cleanup, render, screen } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import { Change } from './change.tsx';

afterEach(cleanup);

type Entry = Parameters<typeof Change>[0]['entry'];

function open(action: string, after: Entry['after'], locale: 'en' | 'zh-CN' = 'en'): string[] {
  const entry: Entry = {
    id: 1n, at: new Date(0), actorId: 'p', actorName: 'Ada', action, objectKind: 'cluster', objectId: 'c', objectName: 'web', outcome: 'done', address: '192.0.2.1', before: null, after,
  };
  render(<IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC"><Change entry={entry} /></IntlProvider>);
  return screen.queryAllByRole('listitem').map(({ textContent }) => textContent);
}

test('an apply tells its time to confirm as a span, and leads to what became of it', () => {
  expect(open('changes.apply', { applyId: 'x9', revision: 3, confirmWithinMs: 30_000 })).toEqual(['revision 3', 'confirm within 30 s']);
  expect(screen.getByRole('link', { name: 'What became of it' }).getAttribute('href')).toBe('/changes/x9');
});

test('a drain tells names, in both languages; its key stands in what was written down', () => {
  const drain = { drainId: 'x7', host: '10.0.0.2', realServers: [{ service: 'web', realServer: 'rs-1' }], reason: '', deadline: null, atDeadline: 'wait' };
  expect(open('drains.begin', drain)).toEqual(['host 10.0.0.2', 'real servers web rs-1', 'at the deadline wait']);
  expect(screen.getByText(/"drainId": "x7"/)).toBeTruthy();
  cleanup();
  expect(open('drains.begin', drain, 'zh-CN')).toContain('真实服务器 web rs-1');
});

test('what Weir knows words for is told in them, what a person typed as it was typed, and 64 digits by their first', () => {
  const digest = 'ab'.repeat(32);
  const apply = { revision: 3, onFailure: 'rollBack', directors: [{ director: 'lvs-a', digest, outcome: 'applied' }] };
  expect(open('changes.apply', apply, 'zh-CN')).toEqual(['修订 3', '失败时 回滚', '负载调度器 · lvs-a · 计划 abababababab…', '负载调度器 · lvs-a · 结果 已应用']);
  expect(screen.getByText(new RegExp(digest))).toBeTruthy();
  cleanup();
  expect(open('people.create', { role: 'admin', name: 'true', disabled: false }, 'zh-CN')).toEqual(['角色 管理员', '名称 true', '已停用 否']);
  cleanup();
  expect(open('changes.wentBack', { why: 'notConfirmed' }, 'zh-CN')).toEqual(['原因 无人确认']);
  cleanup();
  expect(open('changes.finish', { outcome: 'ofANewerPanel', values: 'why' })).toEqual(['outcome ofANewerPanel', 'values why']);
});

test('an entry with a key alone can be read as it was written down, and one with nothing is empty', () => {
  expect(open('changes.interrupt', { applyId: 'x9' })).toEqual([]);
  expect(screen.getByText('All, as written down')).toBeTruthy();
  cleanup();
  open('session.signOut', null);
  expect(screen.queryByText('All, as written down')).toBeNull();
});
