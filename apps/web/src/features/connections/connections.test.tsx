// @vitest-environment happy-dom
// The page while directors read: what is asked, and that what is shown answers the question before until they have answered.
import { tutorialCluster, type Connection, type ConnectionList } from '@weir/model';
import { cleanup, configure, fireEvent, screen, within } from '@testing-library/react';
import { useSyncExternalStore } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { ada, renderInPanel } from '../../trpc/testing/in-panel.tsx';
import { Connections } from './connections.tsx';
import type { Director } from './director-connections.tsx';

// A busy machine draws late.
configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);

// Next's own follows the address too, in its own pages only.
vi.mock('next/navigation', () => ({
  usePathname: () => window.location.pathname,
  useRouter: () => ({
    replace: (address: string) => { window.history.replaceState(null, '', address); fireEvent.popState(window); },
    push: (address: string) => { window.history.pushState(null, '', address); fireEvent.popState(window); },
  }),
  useSearchParams: () => new URLSearchParams(useSyncExternalStore((listener) => {
    window.addEventListener('popstate', listener);
    return () => window.removeEventListener('popstate', listener);
  }, () => window.location.search)),
}));

const definition = tutorialCluster('a');
const director = (id: string): ClusterView['directors'][number] => ({ directorId: id, name: `lvs-${id}`, link: 'connected', acceptedRevision: 1, state: 'current' });
const cluster: ClusterView = {
  id: 'c', name: 'shop', approvalRequired: false, wanted: null, retired: null, directors: [director('a'), director('b')],
  head: { number: 1, author: 'Ada', authorId: 'p', reason: '', createdAt: new Date(0), basedOn: null, approval: { state: 'saved' }, definition },
};

const none: ConnectionList = { entries: [], total: 0, states: [], templates: 0, groups: null, sample: null, unreadable: 0, measuredAtMs: 0 };
const of = (id: string, list: Partial<ConnectionList>): Director => ({ directorId: id, name: `lvs-${id}`, heardAtMs: 0, error: null, list: { ...none, ...list } });
const silent = (id: string): Director => ({ directorId: id, name: `lvs-${id}`, error: { code: 'directorSilent', params: { director: `lvs-${id}`, why: 'ECONNREFUSED' } } });
const established = (count: number): Partial<ConnectionList> => ({ total: count, states: [{ state: 'ESTABLISHED', count }] });

interface Asked {
  readonly input: unknown;
  readonly answer: (directors: Director[]) => void;
}
const asked: Asked[] = [];

beforeEach(() => { asked.length = 0; });

const answer = (path: string, input: unknown) => (path === 'clusters.get' ? cluster : new Promise((resolve) => asked.push({ input, answer: resolve })));

function open(search = ''): void {
  window.history.replaceState(null, '', `/clusters/c/connections${search}`);
  renderInPanel(<Connections clusterId="c" />, { person: ada('admin'), answer });
}

async function question(number: number): Promise<Asked> {
  await vi.waitFor(() => expect(asked.length).toBeGreaterThanOrEqual(number), { timeout: 15_000 });
  const one = asked[number - 1];
  if (one === undefined) throw new Error('it was asked');
  return one;
}

function numbersOf(name: string): string {
  return screen.getByRole('region', { name }).textContent;
}

it('says whom it asks what, and until they answer marks what is there as the answer to the question before', async () => {
  open('?rip=10.0.0.20');
  const first = await question(1);
  expect(screen.getByText(/^Asking lvs-a, lvs-b: Real server 10.0.0.20\. /)).toBeTruthy();
  first.answer([of('a', established(7)), of('b', {})]);
  expect(await screen.findByText('ESTABLISHED', { selector: 'a' })).toBeTruthy();
  expect([screen.queryByText(/^Asking/), screen.queryAllByText('answers the question before')]).toEqual([null, []]);
  fireEvent.change(screen.getAllByLabelText('State')[0] ?? document.body, { target: { value: 'CLOSE' } });
  fireEvent.change(screen.getByLabelText('Count by'), { target: { value: 'service' } });
  fireEvent.click(screen.getByRole('button', { name: 'Find' }));
  const second = await question(2);
  expect(second.input).toMatchObject({ filter: { rip: '10.0.0.20', state: 'CLOSE' }, groupBy: 'service' });
  expect(screen.getByText(/^Asking lvs-a, lvs-b: Real server 10.0.0.20 · State CLOSE · Count by Virtual service\. /)).toBeTruthy();
  expect(screen.getAllByText('answers the question before')).toHaveLength(2);
  // As it was answered: listed, and by its own question.
  expect(numbersOf('lvs-a')).toContain('Connections7ESTABLISHED7');
  expect(screen.queryByText(/is older and counts nothing together/)).toBeNull();
  expect(screen.getByText('ESTABLISHED', { selector: 'a' }).getAttribute('href')).not.toContain('groupBy');
  second.answer([of('a', { total: 1 }), of('b', {})]);
  await vi.waitFor(() => expect(screen.queryAllByText('answers the question before')).toEqual([]), { timeout: 15_000 });
  expect(screen.queryByText(/^Asking/)).toBeNull();
});

it('what is looked for is a step to come back from, and the same once more is none', async () => {
  open();
  (await question(1)).answer([of('a', established(7))]);
  await screen.findByText('ESTABLISHED', { selector: 'a' });
  const before = window.history.length;
  fireEvent.change(screen.getAllByLabelText('State')[0] ?? document.body, { target: { value: 'CLOSE' } });
  fireEvent.click(screen.getByRole('button', { name: 'Find' }));
  await vi.waitFor(() => expect(window.location.search).toBe('?state=CLOSE'), { timeout: 15_000 });
  expect(window.history.length).toBe(before + 1);
  (await question(2)).answer([of('a', {})]);
  await screen.findByText(/^Asked of/);
  fireEvent.click(screen.getByRole('button', { name: 'Find' }));
  await question(3);
  expect(window.history.length).toBe(before + 1);
});

it('a client of the list is followed, and of one that is followed all connections are listed', async () => {
  const entry: Connection = {
    protocol: 'tcp', cip: '192.168.8.100', clientPort: 53_532, vip: '192.168.8.200', virtualPort: 80, mark: null, dip: null, directorPort: null,
    rip: '192.168.8.20', realPort: 80, state: 'ESTABLISHED', expiresInMs: 893_000, origin: 'local', template: false,
  };
  open('?groupBy=client&follow=192.168.8.7');
  await question(2);
  fireEvent.click(screen.getByRole('button', { name: 'List its connections' }));
  await vi.waitFor(() => expect(window.location.search).toBe('?client=192.168.8.7&follow=192.168.8.7'), { timeout: 15_000 });
  const { input, answer: tell } = await question(3);
  expect(input).toMatchObject({ filter: { client: '192.168.8.7' } });
  tell([of('a', { ...established(1), entries: [entry] })]);
  expect((await screen.findByRole('link', { name: '192.168.8.100:53532' })).getAttribute('href')).toBe('?client=192.168.8.7&follow=192.168.8.100');
});

it('reading the same again marks nothing: what is there has its age', async () => {
  open();
  (await question(1)).answer([of('a', established(7))]);
  await screen.findByText('ESTABLISHED', { selector: 'a' });
  fireEvent.click(screen.getByRole('button', { name: 'Read again' }));
  await question(2);
  expect(await screen.findByText(/^Asking lvs-a, lvs-b: all connections\. /)).toBeTruthy();
  expect(screen.queryAllByText('answers the question before')).toEqual([]);
});

it('one director alone is asked where one is chosen', async () => {
  open('?directorId=b');
  await question(1);
  expect(screen.getByText(/^Asking lvs-b: all connections\. /)).toBeTruthy();
});

it('by director: who is silent is named, and where a part of a table was read nothing has a share', async () => {
  open('?groupBy=director');
  (await question(1)).answer([of('a', established(30)), of('b', established(10)), silent('c')]);
  const table = await screen.findByRole('region', { name: 'Director' });
  expect(table.textContent).toContain('lvs-a3075%lvs-b1025%');
  expect(table.textContent).toContain('2 of 3 directors: lvs-c said nothing.');
  fireEvent.click(screen.getByRole('button', { name: 'Read again' }));
  (await question(2)).answer([of('a', { ...established(30), total: null, sample: { read: 30, of: 1_000_000 } }), of('b', { total: null, states: null })]);
  await vi.waitFor(() => expect(screen.getByRole('region', { name: 'Director' }).textContent).toContain('lvs-a30—lvs-b——'), { timeout: 15_000 });
  expect(within(screen.getByRole('region', { name: 'Director' })).getByText(/^Of lvs-a only a part of the table was read/)).toBeTruthy();
  expect(numbersOf('lvs-a')).toContain('Sampled, the first 30 of about 1,000,000');
});
