// @vitest-environment happy-dom
// Beside the way to the alerts: how many call for somebody, said once and politely, and nothing where none does.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../../trpc/client.ts';
import { AlertCount } from './alert-count.tsx';

function open(calling: number): QueryClient {
  const panel: TRPCLink<AppRouter> = () => () => observable((observer) => {
    observer.next({ result: { type: 'data', data: calling } });
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

test('is a number, and words', async () => {
  open(2);
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('22 call for somebody'), deadline);
  expect(screen.getByText('2').getAttribute('aria-hidden')).toBe('true');
});

test('where none does there is nothing', async () => {
  const queryClient = open(0);
  await waitFor(() => expect(queryClient.isFetching()).toBe(0), deadline);
  expect(screen.getByRole('status').textContent).toBe('');
});
