// @vitest-environment happy-dom
// An order to drain that leaves a service with nothing: it waits for a word, and the word goes out with it.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { ToastRegion } from '@weir/ui';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import type { DrainPreviews } from '../../server/drains/drain-view.ts';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../../trpc/client.ts';
import { LiveProvider } from '../live/live-provider.tsx';
import { PersonProvider } from '../session/person.tsx';
import { StartDrain } from './start-drain.tsx';

const previews: DrainPreviews = {
  alsoIn: [],
  directors: [{
    directorId: 'a', name: 'lvs-a', error: null, effects: null, leftWithNone: [{ serviceId: 's', service: 'web', realServers: 2, taking: 1, outcome: 'refused' }],
    targets: [{ serviceId: 's', realServerId: 'r', service: 'web', realServer: 'rs-1', weight: 1, persistenceSeconds: null, counted: null }],
  }],
};

afterEach(() => cleanup());

test('it is ordered only when whoever orders it has ticked that they know', async () => {
  const sent: unknown[] = [];
  const panel: TRPCLink<AppRouter> = () => ({ op: { path, input, type } }) => observable((observer) => {
    if (type === 'subscription') return;
    if (path === 'drains.begin') sent.push(input);
    observer.next({ result: { type: 'data', data: path === 'drains.preview' ? previews : { drainId: 'd', directors: [] } } });
    observer.complete();
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}>
          <PersonProvider person={{ id: 'p', name: 'Ada', email: 'ada@weir.test', role: 'admin', clusterIds: null }}>
            <LiveProvider>
              <ToastRegion label="said" closeLabel="close">
                <StartDrain of={{ clusterId: 'c', serviceId: 's', realServerId: 'r', service: 'web', realServer: 'rs-1', rip: '127.0.8.20' }} onClose={() => undefined} />
              </ToastRegion>
            </LiveProvider>
          </PersonProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
  const known = await screen.findByRole('checkbox', { name: /^Drain all the same: .* web$/ }, { timeout: 15_000 });
  expect(screen.getByText(/now 1 of 2 take them, then new ones are refused/)).toBeTruthy();
  const begin = screen.getByRole('button', { name: messagesOf('en').drain.submit });
  expect(begin).toHaveProperty('disabled', true);
  fireEvent.click(known);
  await waitFor(() => expect(begin).toHaveProperty('disabled', false), { timeout: 15_000 });
  fireEvent.click(begin);
  await waitFor(() => expect(sent).toMatchObject([{ clusterId: 'c', target: { kind: 'realServer', serviceId: 's', realServerId: 'r' }, emptied: ['s'] }]), { timeout: 15_000 });
});
