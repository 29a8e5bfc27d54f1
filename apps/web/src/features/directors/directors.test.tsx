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
import type { DirectorRemains } from '../../server/forgetting/remains-view.ts';
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

const remains: DirectorRemains = {
  directorId: 'a1', name: 'lvs-a', address: '10.0.0.1:9348', driver: 'ipvs', lastSeenAt: 0, measuredAt: 0, endsWithAgent: false, namedBy: [],
  held: [{ clusterId: 'web', cluster: 'web', revision: 3, how: 'accepted', known: true }, { clusterId: 'c9', cluster: null, revision: 2, how: 'accepted', known: false }],
  services: [{
    key: 'tcp 10.0.0.10:80', clusterId: 'web', cluster: 'web', how: 'accepted', realServers: [{ key: '10.0.1.1:80', weight: 5 }], command: 'ipvsadm -D -t 10.0.0.10:80',
  }],
  vips: [{ address: '10.0.0.10', interface: 'eth0', clusterId: 'web', command: 'ip address del 10.0.0.10/32 dev eth0' }],
  others: [{ key: 'tcp 10.9.9.9:443', realServers: 2 }],
};

/** The page before a panel that knows one director and refuses every new one as being that one. */
function open(state: LinkState, role: Role = 'admin') {
  const sent: { path: string; input: unknown }[] = [];
  const panel: TRPCLink<AppRouter> = () => ({ op: { path, input } }) => observable((observer) => {
    const answers: Record<string, unknown> = { 'directors.list': [director(state)], 'clusters.list': [], 'directors.remains': remains };
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

/** The tasks that the row's menu offers. */
async function openTasks(): Promise<HTMLElement[]> {
  fireEvent.click(await screen.findByRole('button', { name: 'Tasks for lvs-a' }));
  return screen.findAllByRole('menuitem');
}

async function choose(task: string): Promise<void> {
  await openTasks();
  fireEvent.click(screen.getByRole('menuitem', { name: task }));
}

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
  await choose('Enrol again…');
  expect(screen.getByRole('dialog').textContent).toContain('weir-agent enrol --data /var/lib/weir-agent --address 10.0.0.1:9348 --reset');
  fill(/^Code/, 'weir1-nonsense');
  press('Enrol lvs-a again');
  await screen.findByText(/Not a whole enrolment code/);
  expect(sent).toEqual([]);
  fill(/^Code/, code);
  press('Enrol lvs-a again');
  await screen.findByText('lvs-a enrolled again');
  expect(sent).toEqual([{ path: 'directors.enrolAgain', input: { directorId: 'a1', code } }]);
});

test('an operator is offered none of the tasks', async () => {
  open('silent', 'operator');
  await screen.findByText('lvs-a');
  expect(screen.queryByRole('button', { name: /lvs-a/ })).toBeNull();
});

test.each([
  ['connected', ['Rename…', 'Remove…']],
  ['connecting', ['Rename…']],
  ['silent', ['Rename…', 'Enrol again…', 'Forget…']],
  ['versionMismatch', ['Rename…', 'Forget…']],
] as const)('a %s director has the tasks that can be done to it', async (state, tasks) => {
  open(state);
  await screen.findByText('lvs-a');
  expect((await openTasks()).map((item) => item.textContent)).toEqual(tasks);
});

test('a silent director is forgotten by its name, before what stays and the commands that undo it', async () => {
  const sent = open('silent');
  await choose('Forget…');
  await screen.findByText('Holds revision 3 of web.');
  const text = screen.getByRole('dialog').textContent;
  expect(text).toContain('Holds revision 2 of c9, which this panel does not have');
  for (const command of ['pkill -KILL -f', 'ipvsadm -D -t 10.0.0.10:80', 'ip address del 10.0.0.10/32 dev eth0', 'rm -r /var/lib/weir-agent', '--address 10.0.0.1:9348 --reset']) expect(text).toContain(command);
  expect(text).toContain('tcp 10.9.9.9:443');
  expect(text).not.toContain('removed');
  fill(/^Type lvs-a/, 'lvs-b');
  press('Forget lvs-a');
  await screen.findByText('This is not the name. Type lvs-a.');
  expect(sent).toEqual([]);
  fill(/^Type lvs-a/, 'lvs-a');
  press('Forget lvs-a');
  await screen.findByText('lvs-a forgotten; it may still be forwarding');
  expect(sent).toEqual([{ path: 'directors.forget', input: { directorId: 'a1', name: 'lvs-a' } }]);
});

test('a director is renamed to what is a name', async () => {
  const sent = open('connected');
  await choose('Rename…');
  fill(/^Name/, ' ');
  press('Rename');
  await screen.findByText('Fill this in.');
  fill(/^Name/, 'lvs-z');
  press('Rename');
  await screen.findByText('lvs-a is called lvs-z now');
  expect(sent).toEqual([{ path: 'directors.rename', input: { directorId: 'a1', name: 'lvs-z' } }]);
});
