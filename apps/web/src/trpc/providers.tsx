'use client';
// What every page stands in: its language, the panel's procedures and their cache.
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { markSignedOut } from '../features/session/signed-out.ts';
import type { Locale } from '../i18n/locale.ts';
import type { Messages } from '../i18n/messages.ts';
import { createPanelClient, TRPCProvider } from './client.ts';
import { faultOf, isFault } from './fault.ts';

const retriesMax = 2;

function onError(error: unknown): void {
  if (isFault(error, 'signInNeeded')) markSignedOut();
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        // Only what may pass by itself is tried again.
        retry: (failures, error) => failures < retriesMax && faultOf(error).code === 'panelUnreachable',
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

export interface ProvidersProps {
  locale: Locale;
  messages: Messages;
  children: ReactNode;
}

export function Providers({ locale, messages, children }: ProvidersProps) {
  const [client] = useState(createPanelClient);
  const [queryClient] = useState(createQueryClient);
  return (
    <IntlProvider locale={locale} messages={messages}>
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={client} queryClient={queryClient}>
          {children}
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>
  );
}
