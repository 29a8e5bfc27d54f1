// @vitest-environment happy-dom
// What changed lately, in small: each with its sentence and its object, and nothing moves under the pointer.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import type { PanelEvent } from '../../events/event.ts';
import { messagesOf } from '../../i18n/messages.ts';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../../trpc/client.ts';
import { LiveProvider } from '../live/live-provider.tsx';
import { PersonProvider } from '../session/person.tsx';
import { Few, RecentEvents } from './recent-events.tsx';

const object = { clusterId: 'c', clusterName: 'edge', serviceId: null, serviceName: null, realServerId: null, realServerName: null, directorId: null, directorName: null };
const saved = (revision: number): PanelEvent => ({
  id: String(revision), atMs: 0, heardAtMs: 0, kind: 'revision', code: 'saved', tone: 'plain', object, params: { revision }, person: 'Ada', evidence: null, link: `/clusters/c/revisions/${revision}`,
});

let events: PanelEvent[] = [];
let asked: unknown = null;
const panel: TRPCLink<AppRouter> = () => ({ op: { path, input } }) => observable((observer) => {
  if (path !== 'events.list') return;
  asked = input;
  observer.next({ result: { type: 'data', data: { events, next: null } } });
  observer.complete();
});

function inPanel(children: ReactNode) {
  const queryClient = new QueryClient();
  return (
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}>
          <PersonProvider person={{ id: 'p', name: 'Ada', email: 'ada@weir.test', role: 'viewer', clusterIds: null }}><LiveProvider>{children}</LiveProvider></PersonProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>
  );
}

const open = () => render(inPanel(<RecentEvents filter={{ clusterId: 'c' }} limit={6} />));

const deadline = { timeout: 15_000 };
const texts = () => screen.getAllByRole('listitem').map((item) => /Revision \d+ was saved\./.exec(item.textContent)?.[0]);

afterEach(cleanup);

test('the newest stand there with what they are about, and all of them are a click away', async () => {
  events = [saved(2), saved(1)];
  open();
  const [first] = await screen.findAllByRole('listitem', undefined, deadline);
  expect(texts()).toEqual(['Revision 2 was saved.', 'Revision 1 was saved.']);
  expect(within(first as HTMLElement).getByRole('link', { name: 'edge' }).getAttribute('href')).toBe('/clusters/c');
  expect(screen.getByRole('link', { name: 'All events' }).getAttribute('href')).toBe('/events?cluster=c');
  expect(asked).toEqual({ filter: { clusterId: 'c' }, limit: 6 });
});

test('under the pointer they stand still, and come when it leaves', () => {
  const { rerender } = render(inPanel(<Few events={[saved(1)]} />));
  fireEvent.pointerEnter(screen.getByRole('list'));
  rerender(inPanel(<Few events={[saved(2), saved(1)]} />));
  expect(texts()).toEqual(['Revision 1 was saved.']);
  fireEvent.pointerLeave(screen.getByRole('list'));
  expect(texts()).toEqual(['Revision 2 was saved.', 'Revision 1 was saved.']);
});

test('where nothing happened it says what would come up', async () => {
  events = [];
  open();
  expect(await screen.findByText(messagesOf('en').eventList.emptyWhy, undefined, deadline)).toBeTruthy();
});
