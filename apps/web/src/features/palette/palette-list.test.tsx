// @vitest-environment happy-dom
// What the palette offers to whom, and what choosing does.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test, vi } from 'vitest';
import type { Locale } from '../../i18n/locale.ts';
import { messagesOf } from '../../i18n/messages.ts';
import { SearchInput, type Found, type SearchAnswer } from '../../search/found.ts';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../../trpc/client.ts';
import { LiveProvider } from '../live/live-provider.tsx';
import { PersonProvider, type Person } from '../session/person.tsx';
import { PaletteList, type PaletteListProps } from './palette-list.tsx';

const realServer = (clusterId: string): Found => ({
  kind: 'realServer', name: `rs of ${clusterId}`, address: '10.0.1.12:80', clusterId, clusterName: clusterId, serviceId: 'web', serviceName: 'web', realServerId: 'r', directorId: null,
});

const cluster = (name: string): Found => (
  { kind: 'cluster', name, address: null, clusterId: name, clusterName: name, serviceId: null, serviceName: null, realServerId: null, directorId: null });

/** Finds the same in two clusters, whatever is looked for. */
const finding: TRPCLink<AppRouter> = () => ({ op }) => observable((observer) => {
  if (op.path !== 'search.find') return undefined;
  const { kinds, text } = SearchInput.parse(op.input);
  const found = text === 'shop' && kinds.includes('cluster') ? [cluster('shop')] : kinds.length === 0 || kinds.includes('realServer') ? [realServer('ours'), realServer('theirs')] : [];
  observer.next({ result: { type: 'data', data: { found, more: 0 } satisfies SearchAnswer } });
  observer.complete();
  return undefined;
});

const push = vi.hoisted(() => vi.fn<(href: string) => void>());
vi.mock('next/navigation', () => ({ useRouter: () => ({ push, refresh: () => undefined }) }));
configure({ asyncUtilTimeout: 15_000 });
const onBegin = vi.fn<PaletteListProps['onBegin']>();
const onClose = vi.fn<() => void>();

function open(who: Pick<Person, 'role' | 'clusterIds'>, locale: Locale = 'en'): void {
  const queryClient = new QueryClient();
  render(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [finding] })}>
          <PersonProvider person={{ id: 'p', name: 'Ada', email: 'ada@weir.test', ...who }}>
            <LiveProvider><PaletteList onBegin={onBegin} onClose={onClose} /></LiveProvider>
          </PersonProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
}

const type = (text: string) => fireEvent.change(screen.getByRole('combobox'), { target: { value: text } });
const offered = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);

afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

test('an administrator is offered every page and action, a viewer only what a viewer may', () => {
  open({ role: 'admin', clusterIds: null });
  expect(offered().join('\n')).toMatch(/Overview[^]*People[^]*Audit log[^]*New cluster[^]*Drain a real server/);
  cleanup();
  open({ role: 'viewer', clusterIds: null });
  expect(offered().join('\n')).toContain('Overview');
  expect(offered().join('\n')).not.toMatch(/People|Audit log|New cluster|Drain|Edit|apply/);
});

test('an operator of some clusters is offered the verb there only, and no new cluster', async () => {
  open({ role: 'operator', clusterIds: ['ours'] });
  expect(offered().join('\n')).not.toContain('New cluster');
  type('drain 10.0.1.12');
  expect(await screen.findByRole('option', { name: /Drain rs of ours/ })).toBeTruthy();
  expect(offered()).toHaveLength(1);
});

test('for a viewer a verb is a word like others, and what is found is opened', async () => {
  open({ role: 'viewer', clusterIds: null });
  type('drain 10.0.1.12');
  fireEvent.click(await screen.findByRole('option', { name: /^rs of theirs/ }));
  expect(push).toHaveBeenCalledWith('/clusters/theirs/live?service=web');
  expect([onClose.mock.calls.length, onBegin.mock.calls.length]).toEqual([1, 0]);
});

test('a chosen verb waits for an object, and then hands it to its dialog', async () => {
  open({ role: 'admin', clusterIds: null });
  fireEvent.click(screen.getByRole('option', { name: /^Drain a real server/ }));
  expect(screen.getByRole('combobox')).toHaveProperty('value', 'drain ');
  expect(onClose).not.toHaveBeenCalled();
  type('drain 10.0.1.12');
  fireEvent.click(await screen.findByRole('option', { name: /Drain rs of ours/ }));
  expect(onBegin).toHaveBeenCalledWith({ verb: 'drain', found: realServer('ours') });
  expect(push).not.toHaveBeenCalled();
});

test('a verb is offered for what was found for this text, not for the one before', async () => {
  open({ role: 'admin', clusterIds: null });
  type('drain 10.0.1.12');
  await screen.findByRole('option', { name: /Drain rs of ours/ });
  type('drain 10.0.1.1');
  expect(offered()).toEqual([]);
  expect(await screen.findByRole('option', { name: /Drain rs of ours/ })).toBeTruthy();
});

test('in any language a page is found by its English name, too', () => {
  open({ role: 'admin', clusterIds: null }, 'zh-CN');
  for (const [typed, name] of [['audit', '审计日志'], ['alert rules', '告警规则'], ['import', '导入'], ['导入', '导入'], ['sessions', '我的会话']] as const) {
    type(typed);
    expect(offered().join('\n')).toContain(name);
  }
});

test('a page of a cluster is found by both names', async () => {
  open({ role: 'viewer', clusterIds: null });
  type('shop live');
  fireEvent.click(await screen.findByRole('option', { name: /^shop.*Live$/ }));
  expect(push).toHaveBeenCalledWith('/clusters/shop/live');
});

test('a verb alone is offered until it is chosen', () => {
  open({ role: 'admin', clusterIds: null });
  type('drain');
  expect(offered()).toEqual([expect.stringContaining('Drain a real server')]);
  type('drain ');
  expect(offered()).toEqual([]);
  expect(screen.getByText('Type a name or an address.')).toBeTruthy();
});
