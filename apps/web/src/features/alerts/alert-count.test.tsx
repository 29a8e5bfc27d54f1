// @vitest-environment happy-dom
// Beside the way to the alerts: how many call for somebody, said once and politely, and nothing where none does.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import type { Alert } from '../../alerts/alert.ts';
import { messagesOf } from '../../i18n/messages.ts';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../../trpc/client.ts';
import { AlertCount } from './alert-count.tsx';

const object = { clusterId: null, clusterName: null, serviceId: null, serviceName: null, realServerId: null, realServerName: null, directorId: null, directorName: null };
const alert = (id: string, more: Partial<Alert> = {}): Alert => ({
  id, rule: 'drift', state: 'firing', object, params: {}, sinceMs: 0, firedAtMs: 0, endedAtMs: null, unknown: false, acknowledged: null, link: null, deliveries: { sent: 0, waiting: 0, givenUp: 0 }, ...more,
});

function open(alerts: readonly Alert[]): QueryClient {
  const panel: TRPCLink<AppRouter> = () => () => observable((observer) => {
    observer.next({ result: { type: 'data', data: { alerts, next: null } } });
    observer.complete();
  });
  const queryClient = new QueryClient();
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}><AlertCount /></TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
  return queryClient;
}

const deadline = { timeout: 15_000 };

afterEach(cleanup);

test('what fires and nobody has taken on is counted, in a number and in words', async () => {
  open([alert('a'), alert('b'), alert('taken', { acknowledged: { person: 'Ada', note: '', atMs: 0 } }), alert('pending', { state: 'pending', firedAtMs: null })]);
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('22 call for somebody'), deadline);
  expect(screen.getByText('2').getAttribute('aria-hidden')).toBe('true');
});

test('where none does there is nothing', async () => {
  const queryClient = open([]);
  await waitFor(() => expect(queryClient.isFetching()).toBe(0), deadline);
  expect(screen.getByRole('status').textContent).toBe('');
});
