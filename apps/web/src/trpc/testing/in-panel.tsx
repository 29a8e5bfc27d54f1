// Parts of pages for tests, in what every page stands in: words, a person, and a panel that answers as it is told.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { ToastRegion } from '@weir/ui';
import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { PersonProvider, type Person, type Role } from '../../features/session/person.tsx';
import { messagesOf } from '../../i18n/messages.ts';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../client.ts';

export interface InPanel {
  readonly person: Person;
  /** The data of a procedure's answer; it is told all that is asked, and may think. A stream says nothing. */
  readonly answer: (path: string, input: unknown) => unknown;
  readonly locale?: 'en' | 'zh-CN';
}

export function ada(role: Role): Person {
  return { id: 'p', name: 'Ada', email: 'ada@weir.test', role, clusterIds: null };
}

export function renderInPanel(page: ReactNode, { person, answer, locale = 'en' }: InPanel): void {
  const panel: TRPCLink<AppRouter> = () => ({ op: { path, input, type } }) => observable((observer) => {
    if (type === 'subscription') return;
    const told = (data: unknown) => {
      observer.next({ result: { type: 'data', data } });
      observer.complete();
    };
    const data = answer(path, input);
    if (data instanceof Promise) void data.then(told);
    else told(data);
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}>
          <PersonProvider person={person}><ToastRegion label="said" closeLabel="close">{page}</ToastRegion></PersonProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
}
