// @vitest-environment happy-dom
// A drain that leaves a service without a real server: said with numbers on each director, and waiting for a word, in both languages.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import type { DrainPreview } from '../../server/drains/drain-view.ts';
import { LeftWithNoneNotice, waitsForWord } from './left-with-none.tsx';

type Left = NonNullable<DrainPreview['leftWithNone']>[number];

const web: Left = { serviceId: 's1', service: 'web', realServers: 2, taking: 1, outcome: 'refused' };
const on = (name: string, leftWithNone: DrainPreview['leftWithNone']) => ({ directorId: name, name, leftWithNone });
const both = [on('lvs-a', [web]), on('lvs-b', [{ ...web, taking: 2, outcome: 'sorry' }, { ...web, serviceId: 's2', service: 'mail', outcome: 'failOpen' }])];

function open(directors: typeof both, known: readonly string[] = [], locale: 'en' | 'zh-CN' = 'en') {
  const said: (readonly string[])[] = [];
  const { container } = render(<IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC"><LeftWithNoneNotice directors={directors} known={known} onKnown={(ids) => said.push(ids)} /></IntlProvider>);
  return { text: container.textContent, said };
}

afterEach(() => cleanup());

test('it says on each director how many take new connections, and what becomes of new ones', () => {
  expect(open(both).text).toMatch(/web would have no real server left that takes new connections on lvs-a: now 1 of 2 take them, then new ones are refused\..*web .* on lvs-b: now 2 of 2 .* sorry server answers\..*mail would have no working real server left/);
  expect(open([on('lvs-a', [web])], [], 'zh-CN').text).toMatch(/web 在 lvs-a 上将没有接受新连接的真实服务器：现在 2 台中有 1 台接受，此后新连接被拒绝。/);
});

test('it waits until every service is known', () => {
  expect(waitsForWord(both, ['s1'])).toBe(true);
  expect(waitsForWord(both, ['s1', 's2'])).toBe(false);
  const { said } = open(both, ['s1']);
  const box = screen.getByRole('checkbox', { name: 'Drain all the same: no real server for new connections is left in web, mail' });
  expect(box).toHaveProperty('checked', false);
  fireEvent.click(box);
  expect(said).toEqual([['s1', 's2']]);
});

test('where each service keeps one, or nothing is known, nothing waits', () => {
  const others = [on('lvs-a', []), on('lvs-b', null)];
  expect(open(others).text).toBe('');
  expect(waitsForWord(others, [])).toBe(false);
});
