// @vitest-environment happy-dom
// What the row of a real server says of a drain and its override: each thing once, and the end that it really has.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, waitFor } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { Override } from '@weir/model';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import type { DrainView } from '../../server/drains/drain-view.ts';
import type { DirectorOverrides } from '../../server/overrides/override-view.ts';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../../trpc/client.ts';
import { DrainNote } from '../drain/drain-note.tsx';
import { OverrideNote } from './override-note.tsx';

afterEach(cleanup);

const ofRow = { clusterId: 'c', serviceId: 's', realServerId: 'r' };
const wait = { timeout: 15_000 };
const quiesced: Override = {
  id: 'd-0', target: ofRow, cause: 'drain', effect: { kind: 'weight', weight: 0 }, author: 'Ann', reason: '', startsAtMs: 0, endsAtMs: null,
};
const byHand: Override = { ...quiesced, id: 'm', cause: 'manual', effect: { kind: 'weight', weight: 1 }, author: 'Bob' };
const drain: DrainView = {
  id: 'd', clusterId: 'c', targets: [{ ...ofRow, service: 'www', realServer: 'rs-1' }], host: null, author: 'Ann', reason: '', startedAtMs: 0, deadlineMs: null, atDeadline: 'wait',
  directors: [{ directorId: 'a', name: 'lvs-a', link: 'connected', heardAtMs: 1, late: false, measuredAtMs: 1, state: null, counts: [{ weight: 0, active: 3, inactive: 0, persistent: 0 }] }],
  elsewhere: [], safe: false, safeAtMs: null,
};

function open(drains: readonly DrainView[], overrides: readonly Override[], locale: 'en' | 'zh-CN' = 'en'): () => string {
  const director: DirectorOverrides = { directorId: 'a', name: 'lvs-a', link: 'connected', heardAtMs: 1, revision: 1, overrides: overrides.map((override) => ({ override, definedWeight: 3 })) };
  const panel: TRPCLink<AppRouter> = () => ({ op: { path } }) => observable((observer) => {
    observer.next({ result: { type: 'data', data: path === 'drains.list' ? drains : [director] } });
    observer.complete();
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const { container } = render(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}>
          <DrainNote {...ofRow} /><OverrideNote {...ofRow} otherwise="none" />
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
  return () => container.textContent.replaceAll(/\s+/g, ' ');
}

test('a drain is said once, with who ordered it', async () => {
  const text = open([drain], [quiesced]);
  await waitFor(() => expect(text()).toBe('draining 3 by Ann'), wait);
});

test('an override that waits behind it is said, and the drain ends at its deadline, not when somebody ends it', async () => {
  const deadlineMs = Date.UTC(2030, 0, 1, 14, 0);
  const removing = open([{ ...drain, deadlineMs, atDeadline: 'remove' }], [quiesced, byHand]);
  await waitFor(() => expect(removing()).toMatch(/weight 0 instead of 3: quiesced by Ann, taken out at .*2030.*waits behind it: 1, weight by hand by Bob, until somebody ends it$/), wait);
  cleanup();
  const waiting = open([{ ...drain, deadlineMs }], [quiesced, byHand], 'zh-CN');
  await waitFor(() => expect(waiting()).toMatch(/期限 .*2030.*，之后继续等待/), wait);
});

test('one without a drain says all of itself', async () => {
  const text = open([], [quiesced]);
  await waitFor(() => expect(text()).toContain('weight 0 instead of 3: quiesced by Ann, until somebody ends it'), wait);
});
