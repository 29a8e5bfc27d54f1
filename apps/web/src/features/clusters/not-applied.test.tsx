// @vitest-environment happy-dom
// What a cluster's pages say while a director forwards something else than what is wanted.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import type { ApplySummary } from '../../server/changes/change-view.ts';
import type { ClusterDirectorView, ClusterView, HoldState } from '../../server/clusters/cluster-view.ts';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../../trpc/client.ts';
import { NotApplied } from './not-applied.tsx';

afterEach(cleanup);

const director = (name: string, state: HoldState): ClusterDirectorView => ({ directorId: name, name, link: 'connected', acceptedRevision: state === 'none' ? null : 4, state });

function cluster(directors: readonly ClusterDirectorView[]): ClusterView {
  const head: ClusterView['head'] = {
    number: 5, author: 'Ada', authorId: 'p', reason: '', createdAt: new Date(0), basedOn: 4, approval: { state: 'saved' },
    definition: { schema: 1, name: 'web', directors: [], vips: [], services: [] },
  };
  return { id: 'web', name: 'web', approvalRequired: false, head, wanted: null, directors, retired: null };
}

type Part = ApplySummary['directors'][number];
const part = (name: string, confirmation: Part['confirmation'], state: Part['state'] = 'done'): Part => ({ directorId: name, name, state, outcome: state === 'done' ? 'applied' : null, confirmation });
const apply = (id: string, ...directors: readonly Part[]) => ({ id, revision: 5, directors });

/** `base`: what the director went back to. */
function open(view: ClusterView, applies: readonly ReturnType<typeof apply>[], base: number | null = 4, locale: 'en' | 'zh-CN' = 'en'): void {
  const wentBack = { kind: 'wentBack', why: 'notConfirmed', base, steps: [], stepCount: 0, remaining: [], remainingCount: 0, startedAtMs: 0, finishedAtMs: Date.now() };
  const details = { revision: 5, directors: ['vm', 'lvs-b'].map((name) => ({ directorId: name, name, wentBack })) };
  const panel: TRPCLink<AppRouter> = () => ({ op: { path } }) => observable((observer) => {
    observer.next({ result: { type: 'data', data: path === 'changes.list' ? applies : details } });
    observer.complete();
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}>
          <NotApplied cluster={view} shows="defined" />
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
}

test('what is saved and not applied is not said to run', async () => {
  open(cluster([director('vm', 'behind'), director('lvs-b', 'current'), director('lvs-c', 'none')]), []);
  const text = (await screen.findByRole('status')).textContent;
  expect(text).toContain('The wanted revision is not applied on: vm, lvs-c.');
  expect(text).toContain('Drawing and tables below are the wanted revision, not what these directors forward.');
});

test('a director that went back says from which revision, to which, when and why', async () => {
  open(cluster([director('vm', 'behind')]), [apply('later', part('vm', null, 'notSent')), apply('one', part('vm', 'wentBack'))]);
  const link = await screen.findByText(/^vm went back from revision 5 to revision 4 at \d\d:\d\d, because nobody confirmed\.$/);
  expect(link.getAttribute('href')).toBe('/changes/one');
});

test('so it does where there was nothing before, and in the other language', async () => {
  open(cluster([director('vm', 'none')]), [apply('one', part('vm', 'wentBack'))], null, 'zh-CN');
  expect(await screen.findByText(/^vm 于 \d\d:\d\d 从修订 5 撤回到没有此集群的状态，因为无人确认。$/)).toBeTruthy();
});

test('one that was applied again since then is told without the older story', async () => {
  open(cluster([director('vm', 'behind'), director('lvs-b', 'behind')]), [apply('two', part('vm', 'confirmed')), apply('one', part('vm', 'wentBack'), part('lvs-b', 'wentBack'))]);
  await screen.findByText(/^lvs-b went back/);
  expect(screen.queryByText(/^vm went back/)).toBeNull();
});

test('where all is applied nothing is said', () => {
  open(cluster([director('vm', 'current')]), [apply('one', part('vm', 'wentBack'))]);
  expect(screen.queryByRole('status')).toBeNull();
});
