// @vitest-environment happy-dom
// A drain on its page, in both languages: what each director says, when it is safe and when not, and what is said before it is ordered.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { ToastRegion } from '@weir/ui';
import { IntlProvider } from 'use-intl';
import { afterEach, describe, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import type { DirectorDrain, DrainPreview, DrainView } from '../../server/drains/drain-view.ts';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../../trpc/client.ts';
import { PersonProvider, type Person } from '../session/person.tsx';
import { ClusterDrains } from './cluster-drains.tsx';
import { EffectsText } from './effects-text.tsx';

const evidence = { how: 'empty', weightZeroAtMs: 1_000, zeroSinceMs: 60_000, atMs: 63_000, readings: 3 } as const;
const draining: DirectorDrain = {
  directorId: 'a', name: 'lvs-a', link: 'connected', heardAtMs: 1, late: false, measuredAtMs: 1,
  state: { phase: 'draining', sinceMs: 1, evidence: null, estimate: { doneAtMs: Date.UTC(2030, 0, 1, 14, 12), measuredAtMs: 1 } },
  counts: [{ weight: 0, active: 3, inactive: 2, persistent: 1 }],
};
const done: DirectorDrain = { ...draining, directorId: 'b', name: 'lvs-b', state: { phase: 'done', sinceMs: 1, evidence, estimate: null }, counts: [{ weight: 0, active: 0, inactive: 0, persistent: 0 }] };
const view: DrainView = {
  id: 'd', clusterId: 'c', targets: [{ serviceId: 's', realServerId: 'r', service: 'www', realServer: 'rs-1' }], host: null, author: 'Ann', reason: 'new disk',
  startedAtMs: 0, deadlineMs: null, atDeadline: 'wait', directors: [draining, done], elsewhere: [], safe: false, safeAtMs: null,
};
const admin: Person = { id: 'p', name: 'Ada', email: 'ada@weir.test', role: 'admin', clusterIds: null };

function open(drain: DrainView, { person = admin, locale = 'en' }: { readonly person?: Person; readonly locale?: 'en' | 'zh-CN' } = {}) {
  const sent: { path: string; input: unknown }[] = [];
  const panel: TRPCLink<AppRouter> = () => ({ op: { path, input } }) => observable((observer) => {
    if (path !== 'drains.list') sent.push({ path, input });
    observer.next({ result: { type: 'data', data: path === 'drains.list' ? [drain] : { drainId: 'd', directors: [] } } });
    observer.complete();
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}>
          <PersonProvider person={person}><ToastRegion label="said" closeLabel="close"><ClusterDrains clusterId="c" /></ToastRegion></PersonProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
  return sent;
}

async function said(): Promise<string> {
  return (await screen.findByRole('region', { name: /^(?:Draining|排空)/ })).textContent;
}

/** What stands there for a narrow screen alone is left out. */
function wideText({ innerHTML }: HTMLElement): string {
  const copy = document.createElement('tr');
  copy.innerHTML = innerHTML;
  for (const narrow of copy.querySelectorAll('.md\\:hidden')) narrow.remove();
  return copy.textContent;
}

async function rows(): Promise<string[]> {
  return within(await screen.findByRole('table')).getAllByRole('row').slice(1).map(wideText);
}

afterEach(() => cleanup());

describe('a drain', () => {
  test('says what is left on each director, and that it is not safe while one has something left', async () => {
    open(view);
    expect(await said()).toMatch(/Draining rs-1 in www.*by Ann.*new disk.*not safe to take down yet.*6 left.*if all fall silent now: done at .*14:12/);
    const [first, second] = await rows();
    expect(first).toMatch(/^lvs-ars-1 · wwwdraining 60321done at /);
    expect(second).toMatch(/^lvs-brs-1 · wwwnothing left0000nothing since .*3 readings$/);
  });

  test('is safe when every director says so, with the time', async () => {
    open({ ...view, directors: [done], safe: true, safeAtMs: 63_000 });
    expect((await screen.findByRole('status')).textContent).toBe('safe to take down');
    expect(await said()).toMatch(/safe to take downproved .*1970/);
    expect(await said()).not.toContain('left,');
  });

  test('says in which other services its host goes on', async () => {
    open({ ...view, directors: [done], safe: true, safeAtMs: 63_000, elsewhere: ['mail'] });
    expect(await said()).toContain('its host is also in mail');
  });

  test('of a host says which services a later revision gave it', async () => {
    open({ ...view, host: '10.0.0.1', directors: [done], elsewhere: ['mail'] });
    expect(await said()).toMatch(/not safe to take down yet.*takes new connections in mail, by a later revision/);
  });

  test('that was safe and is not now says both', async () => {
    open({ ...view, directors: [{ ...done, counts: [{ weight: 1, active: 1, inactive: 0, persistent: 0 }] }], safeAtMs: 63_000 });
    expect(await said()).toMatch(/not safe to take down yetwas safe /);
  });

  test('never shows 0 for what is not counted or not heard', async () => {
    open({ ...view, directors: [{ ...draining, state: null, counts: [null], link: 'silent' }, { ...draining, directorId: 'b', counts: [{ weight: 0, active: 1, inactive: 0, persistent: null }] }] });
    expect(await said()).toContain('what is left is not known');
    const [first, second] = await rows();
    expect(first).toMatch(/not heard.*————/);
    expect(second).toMatch(/draining010—/);
  });

  test('past its deadline says what it does', async () => {
    open({ ...view, deadlineMs: 1, directors: [{ ...draining, late: true }] });
    expect(await said()).toMatch(/past its deadline, waiting on/);
    cleanup();
    open({ ...view, deadlineMs: 1, atDeadline: 'remove', directors: [{ ...draining, state: { phase: 'removing', sinceMs: 1, evidence: null, estimate: null } }] });
    expect(await said()).toMatch(/the deadline is over: it is taken out.*being taken out/);
  });

  test('is ended, and ordered where it lacks, by those who operate the cluster', async () => {
    const sent = open({ ...view, directors: [{ ...draining, state: 'lacks' }, done] });
    fireEvent.click(await screen.findByRole('button', { name: 'Order it on lvs-a too' }));
    fireEvent.click(await screen.findByRole('button', { name: 'End: Draining rs-1 in www' }));
    await screen.findByText('Drain ended, the weights are back');
    expect(sent).toEqual([{ path: 'drains.again', input: { clusterId: 'c', drainId: 'd' } }, { path: 'drains.end', input: { clusterId: 'c', drainId: 'd' } }]);
    cleanup();
    open(view, { person: { ...admin, role: 'viewer' } });
    await said();
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('is told in Chinese', async () => {
    open(view, { locale: 'zh-CN' });
    expect(await said()).toMatch(/排空 www 中的 rs-1.*尚不能安全停机.*剩余 6/);
  });
});

const preview: DrainPreview = {
  directorId: 'a', name: 'lvs-a', error: null, leftWithNone: [], effects: { remembered: 'stay', removal: 'stall', moveCommand: 'sysctl -w net.ipv4.vs.expire_quiescent_template=1' },
  targets: [{ serviceId: 's', realServerId: 'r', service: 'www', realServer: 'rs-1', weight: 1, persistenceSeconds: 300, counted: { weight: 1, active: 4, inactive: 1, persistent: 2 } }],
};

function beforehand(changes: Partial<DrainPreview>, atDeadline: 'wait' | 'remove' | null): string {
  const { container } = render(<IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC"><EffectsText preview={{ ...preview, ...changes }} atDeadline={atDeadline} /></IntlProvider>);
  return container.textContent;
}

describe('before a drain', () => {
  test('it is said who is connected, who is remembered, what would move them, and what happens at the deadline', () => {
    expect(beforehand({}, 'remove')).toMatch(/rs-1 in www now: 4 active, 1 inactive, 2 clients remembered.*go on reaching it.*300 s.*sysctl -w net\.ipv4\.vs\.expire_quiescent_template=1.*stalls/);
    expect(beforehand({ effects: { remembered: 'move', removal: 'reset', moveCommand: null } }, 'remove')).toMatch(/move to another real server.*gets a reset/);
  });

  test('what does not concern it is not said', () => {
    const text = beforehand({ targets: preview.targets.map((target) => ({ ...target, persistenceSeconds: null })) }, 'wait');
    expect(text).not.toMatch(/remembered go on|deadline/);
  });

  test('what is not known is not made up', () => {
    expect(beforehand({ effects: { remembered: null, removal: 'stall', moveCommand: null } }, null)).toContain('is not known here');
    expect(beforehand({ targets: preview.targets.map((target) => ({ ...target, counted: null })) }, null)).toContain('not counted yet');
    expect(beforehand({ leftWithNone: null }, null)).toContain('Whether each service keeps a real server that takes new connections there is not known: lvs-a does not answer');
    expect(beforehand({ leftWithNone: [] }, null)).not.toContain('Whether each service');
    expect(beforehand({ effects: null, error: { code: 'agentTooOld', params: { director: 'lvs-a' } } }, 'remove')).toMatch(/too old/);
  });
});
