// @vitest-environment happy-dom
// The end of a cluster as its page tells it: who holds it still, what can be done, and what was done and what was not.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { ToastRegion } from '@weir/ui';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../../i18n/messages.ts';
import type { ClusterView, Retirement } from '../../../server/clusters/cluster-view.ts';
import type { ClusterHolder } from '../../../server/forgetting/remains-view.ts';
import type { AppRouter } from '../../../server/router.ts';
import { TRPCProvider } from '../../../trpc/client.ts';
import { PersonProvider, type Role } from '../../session/person.tsx';
import { ClusterEnd } from './cluster-end.tsx';

afterEach(cleanup);

function cluster(retired: Retirement | null = null, directorIds: readonly string[] = []): ClusterView {
  const directors = directorIds.map((directorId) => ({ directorId, dip: { ipv4: null, ipv6: null } }));
  const head: ClusterView['head'] = {
    number: 5, author: 'Ada', authorId: 'p', reason: '', createdAt: new Date(0), basedOn: 4, approval: { state: 'saved' },
    definition: { schema: 1, name: 'web', directors, vips: [], services: [] },
  };
  return { id: 'web', name: 'web', approvalRequired: false, head, wanted: null, directors: [], retired };
}

const [answering, silent]: ClusterHolder[] = [{ directorId: 'a', name: 'lvs-a', link: 'connected' }, { directorId: 'b', name: 'lvs-b', link: 'silent' }];

interface Shown {
  readonly view?: ClusterView;
  readonly holders?: readonly (ClusterHolder | undefined)[];
  readonly role?: Role;
}

function open({ view = cluster(), holders = [], role = 'admin' }: Shown): { path: string; input: unknown }[] {
  const asked: { path: string; input: unknown }[] = [];
  const panel: TRPCLink<AppRouter> = () => ({ op: { path, input } }) => observable((observer) => {
    asked.push({ path, input });
    observer.next({ result: { type: 'data', data: path === 'clusters.holders' ? holders : undefined } });
    observer.complete();
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}>
          <PersonProvider person={{ id: 'p', name: 'Ada', email: 'ada@weir.test', role, clusterIds: null }}>
            <ToastRegion label="said" closeLabel="close"><ClusterEnd cluster={view} /></ToastRegion>
          </PersonProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
  return asked;
}

const buttons = () => screen.queryAllByRole('button').map(({ textContent }) => textContent);

test('while a director that answers holds it, it is taken off there first', async () => {
  open({ holders: [answering, silent] });
  await screen.findByText('Held by lvs-a. Review and apply takes it off.');
  expect(screen.getByText(/May be held by lvs-b, without an answer/)).toBeTruthy();
  expect(buttons()).toEqual([]);
});

test('where only silent ones may hold it, an administrator can forget it, and nobody can retire it', async () => {
  open({ holders: [silent] });
  await screen.findByText(/May be held by lvs-b/);
  expect(buttons()).toEqual(['Forget…']);
  cleanup();
  open({ holders: [silent], role: 'operator' });
  await screen.findByText(/May be held by lvs-b/);
  expect(buttons()).toEqual([]);
});

test('where one was forgotten while it held the cluster, nobody is said to have confirmed for it', async () => {
  open({ holders: [{ directorId: 'c', name: 'lvs-c', link: null }], role: 'operator' });
  await screen.findByText(/May still be forwarded on lvs-c, forgotten while holding it/);
  expect(screen.queryByText(/Every director has confirmed/)).toBeNull();
  expect(buttons()).toEqual(['Retire']);
});

test('what nobody holds is retired by an operator, from the revision that was seen', async () => {
  const asked = open({ role: 'operator' });
  fireEvent.click(await screen.findByRole('button', { name: 'Retire' }));
  await screen.findByText('web retired');
  expect(asked).toContainEqual({ path: 'clusters.retire', input: { clusterId: 'web', base: 5 } });
  cleanup();
  open({ role: 'viewer' });
  await screen.findByText(/Every director has confirmed/);
  expect(buttons()).toEqual([]);
});

test('a forgotten cluster is never called removed or retired', () => {
  const asked = open({ view: cluster({ at: new Date(), by: 'Ada', leftOn: [{ directorId: 'b', director: 'lvs-b', revisions: [4] }] }) });
  const text = screen.getByRole('status').textContent;
  expect(text).toMatch(/Forgotten by Ada, .*: may still forward on lvs-b\./);
  expect(text).not.toMatch(/removed|retired/i);
  expect(asked).toEqual([]);
});

test('of a cluster in use nothing is said', () => {
  open({ view: cluster(null, ['a']) });
  expect(screen.queryByRole('status')).toBeNull();
});
