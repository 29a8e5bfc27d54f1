// @vitest-environment happy-dom
// Directors as an administrator meets them: a lost one is enrolled again from its row, or when a code turns out to be its own.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { formatEnrolmentCode } from '@weir/protocol';
import { ToastRegion } from '@weir/ui';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import type { DirectorView, LinkState } from '../../server/gateway/director-view.ts';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../../trpc/client.ts';
import { PersonProvider, type Role } from '../session/person.tsx';
import { Directors } from './directors.tsx';

const code = formatEnrolmentCode({ address: '10.0.0.1:9348', keyHash: 'ab'.repeat(32), secret: 'cd'.repeat(16) });
const otherCode = formatEnrolmentCode({ address: '10.0.0.7:9348', keyHash: 'ef'.repeat(32), secret: 'cd'.repeat(16) });
const taken = { code: 'directorAddressTaken', params: { director: 'lvs-a', directorId: 'a1', address: '10.0.0.1:9348' } };

const director = (state: LinkState): DirectorView => ({
  id: 'a1', name: 'lvs-a', address: '10.0.0.1:9348', keyHash: 'ab'.repeat(32), enrolledAt: new Date(0),
  link: { state, since: 0, lastSeenAt: null, error: null }, hello: null, accepted: null, drift: null, driftSinceMs: null,
});

/** The page before a panel that knows one director and refuses every new one as being that one. */
function open(state: LinkState, role: Role = 'admin') {
  const sent: { path: string; input: unknown }[] = [];
  const panel: TRPCLink<AppRouter> = () => ({ op: { path, input } }) => observable((observer) => {
    const answers: Record<string, unknown> = { 'directors.list': [director(state)], 'clusters.list': [] };
    if (!(path in answers)) sent.push({ path, input });
    if (path === 'directors.enrol') {
      observer.error(TRPCClientError.from({ error: { code: -32_009, message: taken.code, data: { error: taken, path } } }));
      return;
    }
    observer.next({ result: { type: 'data', data: answers[path] } });
    observer.complete();
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}>
          <PersonProvider person={{ id: 'p', name: 'Ada', email: 'ada@weir.test', role, clusterIds: null }}>
            <ToastRegion label="said" closeLabel="close"><Directors /></ToastRegion>
          </PersonProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
  return sent;
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const fill = (label: RegExp, text: string) => fireEvent.input(screen.getByLabelText(label), { target: { value: text } });
const offered = () => screen.queryByRole('button', { name: 'Enrol lvs-a again' });

async function enrolNew(): Promise<void> {
  await screen.findByText('lvs-a');
  press('Enrol a director');
  fill(/^Code/, code);
  fill(/^Name/, 'lvs-b');
  press('Enrol');
  await waitFor(() => expect(offered()).not.toBeNull());
}

afterEach(cleanup);

test('a code that is a known director\'s enrols that one again', async () => {
  const sent = open('wrongKey');
  await enrolNew();
  expect(screen.getByRole('alert').textContent).toContain('lvs-a is enrolled at 10.0.0.1:9348 already.');
  press('Enrol lvs-a again');
  await screen.findByText('lvs-a enrolled again');
  expect(sent.at(-1)).toEqual({ path: 'directors.enrolAgain', input: { directorId: 'a1', code } });
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Enrol a director' })).toBeNull());
});

test('nothing is offered for a code that was changed since', async () => {
  open('wrongKey');
  await enrolNew();
  fill(/^Code/, otherCode);
  await waitFor(() => expect(offered()).toBeNull());
});

test('a lost director is enrolled again from its row, by the command for its host', async () => {
  const sent = open('silent');
  fireEvent.click(await screen.findByRole('button', { name: 'Enrol again lvs-a…' }));
  expect(screen.getByRole('dialog').textContent).toContain('node weir-agent.mjs enrol --data /var/lib/weir-agent --address 10.0.0.1:9348 --reset');
  fill(/^Code/, 'weir1-nonsense');
  press('Enrol lvs-a again');
  await screen.findByText(/Not a whole enrolment code/);
  expect(sent).toEqual([]);
  fill(/^Code/, code);
  press('Enrol lvs-a again');
  await screen.findByText('lvs-a enrolled again');
  expect(sent).toEqual([{ path: 'directors.enrolAgain', input: { directorId: 'a1', code } }]);
});

test.each([['connected', 'admin'], ['silent', 'operator']] as const)('a %s director cannot be enrolled again by an %s', async (state, role) => {
  open(state, role);
  await screen.findByText('lvs-a');
  expect(screen.queryByRole('button', { name: /Enrol again/ })).toBeNull();
});
