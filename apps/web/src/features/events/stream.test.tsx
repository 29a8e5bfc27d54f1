// @vitest-environment happy-dom
// The list of events: what a row says, and that nothing moves while somebody points at it.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import type { PanelEvent } from '../../events/event.ts';
import { messagesOf } from '../../i18n/messages.ts';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../../trpc/client.ts';
import { LiveProvider } from '../live/live-provider.tsx';
import { PersonProvider } from '../session/person.tsx';
import { Stream, Turns } from './stream.tsx';

const nobody = { clusterId: null, clusterName: null, serviceId: null, serviceName: null, realServerId: null, realServerName: null, directorId: null, directorName: null };

const event = (id: number, more: Partial<PanelEvent> = {}): PanelEvent => ({
  id: String(id), atMs: id * 1_000, heardAtMs: id * 1_000, kind: 'director', code: `code${'x'.repeat(id)}`, tone: 'plain', object: nobody, params: {}, person: null, evidence: null, link: null, ...more,
});

const silent: TRPCLink<AppRouter> = () => () => observable(() => undefined);

const page = (events: readonly PanelEvent[], goesOn = true, locale: 'en' | 'zh-CN' = 'en') => {
  const queryClient = new QueryClient();
  return (
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [silent] })}>
          <PersonProvider person={{ id: 'p', name: 'Ada', email: 'ada@weir.test', role: 'viewer', clusterIds: null }}>
            <LiveProvider><Stream events={events} goesOn={goesOn} filtered={false} more={false} /></LiveProvider>
          </PersonProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>
  );
};

const table = () => screen.getByRole('table', { name: messagesOf('en').eventList.title });
const ids = () => within(table()).queryAllByRole('row').slice(1).map((row) => row.dataset['rowId']);

afterEach(cleanup);

test('new ones come by themselves; under the pointer they wait, are counted, and come when they are asked for', () => {
  const { rerender } = render(page([event(2), event(1)]));
  rerender(page([event(3), event(2), event(1)]));
  expect(ids()).toEqual(['3', '2', '1']);
  fireEvent.pointerEnter(table());
  rerender(page([event(5), event(4), event(3), event(2)]));
  expect(ids()).toEqual(['3', '2', '1']);
  fireEvent.click(screen.getByRole('button', { name: 'Show 2 new ones' }));
  expect(ids()).toEqual(['5', '4', '3', '2']);
  rerender(page([event(6), event(5), event(4), event(3)]));
  expect(ids()).toEqual(['5', '4', '3', '2']);
  expect(screen.getByRole('button', { name: 'Show 1 new one' })).toBeTruthy();
});

test('they wait too while the keyboard is in the list, and come when it leaves', () => {
  const { rerender } = render(page([event(1)]));
  const [row] = within(table()).getAllByRole('row').slice(1);
  fireEvent.focus(row as HTMLElement);
  rerender(page([event(2), event(1)]));
  expect(ids()).toEqual(['1']);
  fireEvent.blur(row as HTMLElement, { relatedTarget: document.body });
  expect(ids()).toEqual(['2', '1']);
});

test('asked for by the button, which goes away then, they come by themselves again', () => {
  const { rerender } = render(page([event(1)]));
  fireEvent.pointerEnter(table());
  rerender(page([event(2), event(1)]));
  const button = screen.getByRole('button', { name: 'Show 1 new one' });
  fireEvent.focus(button);
  fireEvent.click(button);
  fireEvent.pointerLeave(table());
  rerender(page([event(3), event(2), event(1)]));
  expect(ids()).toEqual(['3', '2', '1']);
});

const press = (name: 'toNewer' | 'toOlder') => fireEvent.click(screen.getByRole('button', { name: messagesOf('en').eventList[name] }));

test('the way to newer ones is right also after the browser\'s own way back', () => {
  const turned: (string | undefined)[] = [];
  const turns = (before: string | undefined, next: string | null) => (
    <IntlProvider locale="en" messages={messagesOf('en')}><Turns before={before} next={next} onTurn={(from) => turned.push(from)} /></IntlProvider>
  );
  const { rerender } = render(turns(undefined, 'a'));
  press('toOlder');
  rerender(turns('a', 'b'));
  press('toOlder');
  rerender(turns('b', 'c'));
  rerender(turns('a', 'b'));
  press('toNewer');
  expect(turned).toEqual(['a', 'b', undefined]);
});

test('a row names whom it is about with links, what was seen, and where there is more', () => {
  const object = { ...nobody, clusterId: 'c', clusterName: 'edge', serviceId: 's', serviceName: 'web', realServerId: 'r', realServerName: 'rs-1', directorId: 'd', directorName: 'lvs-a' };
  render(page([event(1, { object, tone: 'bad', evidence: { failure: 'refused' }, link: '/changes/x', heardAtMs: 61_000, person: 'Ada' })]));
  const [, row] = within(table()).getAllByRole('row');
  const hrefs = within(row as HTMLElement).getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')].join(' '));
  expect(new Set(hrefs)).toEqual(new Set(['edge /clusters/c', 'web /clusters/c/services/s', 'rs-1 /clusters/c/services/s/health/r', 'lvs-a /directors/d', 'More /changes/x']));
  expect(row?.textContent).toContain('"failure": "refused"');
  expect(row?.textContent).toContain('the panel heard of it 1 m later');
  expect(row?.querySelectorAll('[data-status=down]').length).toBeGreaterThan(0);
});

test('a change of health says by which rule, and what the last try came to; what a person did, for which reason', () => {
  const lastTry = { checkId: 'k', startedAtMs: 0, tookMs: 1, sent: null, expected: null, received: null, certificateEndsAtMs: null, result: { kind: 'failed', failure: 'refused', detail: null } };
  render(page([
    event(3, { kind: 'health', code: 'down', params: { rule: 'fell', fall: 3, from: 'up', to: 'down' }, evidence: lastTry }),
    event(2, { kind: 'health', code: 'down', params: { rule: 'ofANewerAgent', to: 'down' } }),
    event(1, { kind: 'revision', code: 'saved', params: { revision: 7 }, evidence: { reason: 'night work' }, person: 'Ada' }),
    event(0, { kind: 'alert', code: 'acknowledged', params: { rule: 'drift' }, evidence: { rule: 'drift', note: 'mine' }, person: 'Ada' }),
  ]));
  const [, fell, newer, saved, taken] = within(table()).getAllByRole('row').map((row) => row.textContent);
  expect(fell).toContain('The real server is down. 3 failed tries in a row: down. Last try: refused.');
  expect(newer).toContain('The real server is down.');
  expect(saved).toContain('Revision 7 was saved. Reason: night work');
  expect(taken).toContain('Note: mine');
});

test('a sentence stands also where an older event did not keep all that it asks for', () => {
  render(page([event(1, { kind: 'revision', code: 'approved', params: { revision: 3, author: null } })]));
  expect(screen.getByText('Revision 3 by — was approved.')).toBeTruthy();
});

test('a code that nobody has words for is shown as it is, in both languages', () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    render(page([event(1, { code: 'fromANewerPanel' })], true, locale));
    expect(screen.getByText('fromANewerPanel')).toBeTruthy();
    cleanup();
  }
});

test('without events it says why, and older pages say that they are', () => {
  const { rerender } = render(page([]));
  expect(screen.getByText('No events')).toBeTruthy();
  rerender(page([event(1)], false));
  expect(screen.getByText('Older events.')).toBeTruthy();
});
