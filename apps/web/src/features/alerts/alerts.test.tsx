// @vitest-environment happy-dom
// The alerts as people meet them: the worst first, taken on by those who may, with what became of messages.
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import type { Alert, AlertDelivery } from '../../alerts/alert.ts';
import { messagesOf } from '../../i18n/messages.ts';
import { renderInPanel } from '../../trpc/testing/in-panel.tsx';
import type { Person } from '../session/person.tsx';
import { Acknowledge } from './acknowledge.tsx';
import { AlertTable } from './list/alert-table.tsx';

const words = messagesOf('en').alertPage;
const nobody = { clusterId: null, clusterName: null, serviceId: null, serviceName: null, realServerId: null, realServerName: null, directorId: null, directorName: null };
const inCluster = { ...nobody, clusterId: 'c1', clusterName: 'edge', serviceId: 's1', serviceName: 'web', realServerId: 'r1', realServerName: 'rs-1' };
const down: Alert = {
  id: 'down', rule: 'realServerDown', state: 'firing', object: inCluster, params: { realServer: 'rs-1', service: 'web' }, sinceMs: 0, firedAtMs: 5_000, endedAtMs: null, unwatched: false, unknown: false,
  acknowledged: null, link: '/clusters/c1', deliveries: { sent: 1, waiting: 0, retrying: 0, givenUp: 1 },
};
const silent: Alert = { ...down, id: 'silent', rule: 'directorSilent', object: { ...nobody, directorId: 'd1', directorName: 'lvs-a' }, params: { director: 'lvs-a', state: 'silent' }, deliveries: { sent: 0, waiting: 0, retrying: 0, givenUp: 0 } };

const delivery: AlertDelivery = {
  id: 'm1', channelId: 'h', channelName: 'ops', channelKind: 'webHook', state: 'givenUp', says: ['fired'], alerts: 3, tries: 9, nextTryAtMs: null,
  lastAnswer: { code: 'status', status: 500, body: 'out of order', atMs: 0, tookMs: 35 },
};

const admin: Person = { id: 'p', name: 'Ada', email: 'ada@weir.test', role: 'admin', clusterIds: null };
const limited: Person = { ...admin, role: 'operator', clusterIds: ['c1'] };
const viewer: Person = { ...admin, role: 'viewer' };

function Page({ alerts }: { alerts: readonly Alert[] }) {
  const [chosen, setChosen] = useState<Alert | null>(null);
  return (
    <>
      <AlertTable caption="Now" alerts={alerts} onAcknowledge={setChosen} empty="nothing" />
      {chosen !== null && <Acknowledge alert={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function open(alerts: readonly Alert[], person: Person = admin) {
  const sent: { path: string; input: unknown }[] = [];
  const answer = (path: string, input: unknown) => {
    if (path === 'alerts.deliveries') return [delivery];
    sent.push({ path, input });
    return undefined;
  };
  renderInPanel(<Page alerts={alerts} />, { person, answer });
  return sent;
}

const deadline = { timeout: 15_000 };
const row = (id: string) => screen.getAllByRole('row').find((one) => one.dataset['rowId'] === id) as HTMLElement;
/** A wide and a narrow screen have one each. */
const buttons = (id: string) => within(row(id)).queryAllByRole('button', { name: words.acknowledge });

afterEach(cleanup);

test('one is taken on with a note, of a cluster and of no cluster alone', async () => {
  const sent = open([down, silent]);
  for (const [id, note] of [['down', 'I look at it'], ['silent', '']] as const) {
    const [button] = buttons(id);
    fireEvent.click(button as HTMLElement);
    fireEvent.change(await screen.findByLabelText(words.note, undefined, deadline), { target: { value: note } });
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: words.acknowledge }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), deadline);
  }
  expect(sent).toEqual([
    { path: 'alerts.acknowledge', input: { clusterId: 'c1', alertId: 'down', note: 'I look at it' } },
    { path: 'alerts.acknowledgeGeneral', input: { alertId: 'silent', note: '' } },
  ]);
});

test('a note that is too long is said at its field, and nothing is sent', async () => {
  const sent = open([down]);
  fireEvent.click(buttons('down')[0] as HTMLElement);
  fireEvent.change(await screen.findByLabelText(words.note, undefined, deadline), { target: { value: 'x'.repeat(2_001) } });
  fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: words.acknowledge }));
  expect(await screen.findByText('At most 2000 characters.', undefined, deadline)).toBeTruthy();
  expect(sent).toEqual([]);
});

test.each([['an administrator', admin, [true, true]], ['an operator of one cluster', limited, [true, false]], ['a viewer', viewer, [false, false]]])(
  'the button is there for what one operates: %s', (_, person, there) => {
    open([down, silent], person);
    expect(['down', 'silent'].map((id) => buttons(id).length > 0)).toEqual(there);
  });

test('who has taken one on stands there with the note, and what is pending asks for nobody', () => {
  open([{ ...down, acknowledged: { person: 'Ben', note: 'disk full', atMs: 0 } }, { ...silent, state: 'pending', firedAtMs: null }]);
  expect(row('down').textContent).toContain('Ben');
  expect(row('down').textContent).toContain('disk full');
  expect([...buttons('down'), ...buttons('silent')]).toEqual([]);
  expect(row('silent').textContent).toContain(words.states.pending);
});

test('what is behind a silent director is not known, and marked so', () => {
  open([{ ...down, unknown: true }]);
  expect(row('down').querySelector('[data-status=stale]')?.textContent).toBe(words.unknown);
  expect(row('down').querySelector('[data-status=down]')).toBeNull();
});

test('messages are told in numbers, and one by one with their answers when somebody looks', async () => {
  open([down, silent]);
  const [summary] = within(row('down')).getAllByText('1 sent · 1 given up');
  const details = summary?.closest('details') as HTMLDetailsElement;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  await waitFor(() => expect(details.textContent).toContain('Answered with status 500. 35 ms'), deadline);
  expect(details.textContent).toContain('says that it fired, with 3 alerts in one message · 9 tries');
  expect(details.textContent).toContain('out of order');
  expect(row('silent').textContent).toContain(words.noMessages);
});
