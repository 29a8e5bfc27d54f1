// @vitest-environment happy-dom
// A draft is drawn and edited with keys: what is chosen is edited beside it, and each step is taken back.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { tutorialCluster, type ClusterDefinition } from '@weir/model';
import { ToastRegion } from '@weir/ui';
import { IntlProvider } from 'use-intl';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import { createPanelClient, TRPCProvider } from '../../trpc/client.ts';
import { ClusterFormPage } from '../cluster-form/cluster-form.tsx';
import type { ClusterForm } from '../cluster-form/definition/form-values.ts';
import { PersonProvider } from '../session/person.tsx';

const person = { id: 'ada', name: 'Ada', email: 'ada@example.org', role: 'admin' as const, clusterIds: null };
const patient = { timeout: 15_000 };

function open(initial: ClusterDefinition = tutorialCluster('lvs-a')) {
  const onSave = vi.fn<(form: ClusterForm) => Promise<void>>(() => Promise.resolve());
  const queryClient = new QueryClient({ defaultOptions: { queries: { enabled: false } } });
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={createPanelClient()} queryClient={queryClient}>
          <PersonProvider person={person}>
            <ToastRegion label="said" closeLabel="close">
              <ClusterFormPage view="draw" initial={initial} directors={[{ id: 'lvs-a', name: 'lvs-a', hello: null }]} onSave={onSave} onEdited={() => undefined} submitLabel="save it" />
            </ToastRegion>
          </PersonProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
  return async () => {
    fireEvent.click(screen.getByRole('button', { name: 'save it' }));
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce(), patient);
    return onSave.mock.calls[0]?.[0].definition;
  };
}

const node = (key: string) => waitFor(() => {
  const found = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${key}"]`);
  if (found === null) throw new Error(`${key} is not drawn`);
  return found;
}, patient);
const gone = (key: string) => waitFor(() => expect(document.querySelector(`.react-flow__node[data-id="${key}"]`)).toBeNull(), patient);
const panel = () => within(screen.getByRole('complementary', { name: 'Side panel' }));
const key = async (on: string, pressed: string) => fireEvent.keyDown(await node(on), { key: pressed });
const focusOn = async (id: string) => {
  const element = await node(id);
  element.focus();
  fireEvent.click(element);
  await waitFor(() => expect(element.getAttribute('tabindex')).toBe('0'), patient);
};

beforeEach(() => vi.stubGlobal('localStorage', window.localStorage));
afterEach(() => {
  cleanup();
  localStorage.clear();
});

test('everything of the tutorial is drawn, each with its kind and name', async () => {
  open();
  expect((await node('d:lvs-a')).textContent).toContain('holds 127.0.8.200');
  const service = await node('s:web');
  expect(service.getAttribute('role')).toBe('button');
  expect(service.getAttribute('aria-roledescription')).toBe('Virtual service');
  expect(service.textContent).toContain('127.0.8.200:8080 tcp');
  expect((await node('r:web/rs-20')).textContent).toContain('127.0.8.20:8080');
});

test('nothing is said in the words of the library that draws, and ? lists the keys', async () => {
  open();
  await node('r:web/rs-20');
  expect(document.body.textContent).not.toMatch(/Press (enter|delete)|press delete/);
  expect(document.querySelector('[aria-label^="Edge from"]')).toBeNull();
  await key('s:web', '?');
  const sheet = await screen.findByRole('dialog', { name: 'Keys' }, patient);
  expect(sheet.textContent).toContain('along columns and wires');
});

test('one after the other by arrow keys, Enter edits, and what is typed is on the drawing and is saved', async () => {
  const saved = open();
  await focusOn('s:web');
  await key('s:web', 'ArrowRight');
  await waitFor(async () => expect((await node('r:web/rs-20')).getAttribute('tabindex')).toBe('0'), patient);
  await key('r:web/rs-20', 'Enter');
  const rip = await waitFor(() => panel().getByLabelText<HTMLInputElement>('RIP'), patient);
  await waitFor(() => expect(panel().getByLabelText('Name')).toBe(document.activeElement), patient);
  fireEvent.input(rip, { target: { value: '127.0.8.25' } });
  fireEvent.focusOut(rip);
  await waitFor(async () => expect((await node('r:web/rs-20')).textContent).toContain('127.0.8.25:8080'), patient);
  expect((await saved())?.services[0]?.realServers.map((each) => each.rip)).toEqual(['127.0.8.25', '127.0.8.30']);
});

test('where Tab led, Enter edits', async () => {
  open();
  const service = await node('s:web');
  expect(service.getAttribute('tabindex')).toBe('0');
  service.focus();
  await key('s:web', 'Enter');
  await waitFor(() => expect(panel().getByLabelText<HTMLInputElement>('VIP').value).toBe('127.0.8.200'), patient);
});

test('a deletes, adds and undoes: each step by its name', async () => {
  const saved = open();
  await focusOn('r:web/rs-30');
  await key('r:web/rs-30', 'Delete');
  await gone('r:web/rs-30');
  const undo = await screen.findByRole('button', { name: 'Undo: Delete real server 127.0.8.30:8080 from web' });
  fireEvent.click(undo);
  await node('r:web/rs-30');
  fireEvent.click(await screen.findByRole('button', { name: 'Redo: Delete real server 127.0.8.30:8080 from web' }));
  await gone('r:web/rs-30');
  await focusOn('s:web');
  await key('s:web', 'a');
  const name = await waitFor(() => panel().getByLabelText<HTMLInputElement>('RIP'), patient);
  fireEvent.input(panel().getByLabelText('Name'), { target: { value: 'rs-40' } });
  fireEvent.input(name, { target: { value: '127.0.8.40' } });
  fireEvent.focusOut(name);
  expect((await saved())?.services[0]?.realServers.map(({ rip, method }) => [rip, method.kind])).toEqual([['127.0.8.20', 'proxied'], ['127.0.8.40', 'proxied']]);
});

test('a real server is moved and its host connected without a mouse', async () => {
  const tutorial = tutorialCluster('lvs-a');
  const [web] = tutorial.services;
  if (web === undefined) throw new Error('the tutorial has a service');
  const saved = open({ ...tutorial, services: [web, { ...web, id: 'other', name: 'other', match: { kind: 'address', protocol: 'tcp', vip: '127.0.8.200', port: 9090 }, realServers: [] }] });
  await focusOn('r:web/rs-20');
  fireEvent.change(await waitFor(() => panel().getByLabelText('Also serve'), patient), { target: { value: 'other' } });
  await focusOn('r:web/rs-30');
  fireEvent.change(await waitFor(() => panel().getByLabelText('Virtual service'), patient), { target: { value: 'other' } });
  await gone('r:web/rs-30');
  expect((await saved())?.services.map(({ realServers }) => realServers.map(({ rip }) => rip))).toEqual([['127.0.8.20'], ['127.0.8.20', '127.0.8.30']]);
});

test('what is not filled in is led to when it is saved', async () => {
  const tutorial = tutorialCluster('lvs-a');
  open({ ...tutorial, services: tutorial.services.map((service) => ({ ...service, realServers: service.realServers.map((realServer, index) => (index === 1 ? { ...realServer, rip: '' } : realServer)) })) });
  await node('r:web/rs-30');
  fireEvent.click(screen.getByRole('button', { name: 'save it' }));
  await waitFor(() => expect(panel().getByLabelText('RIP')).toBe(document.activeElement), patient);
});

test('an address that is too long is cut before its port, and what was found is counted beside it', async () => {
  const tutorial = tutorialCluster('lvs-a');
  open({ ...tutorial, services: tutorial.services.map((service) => ({ ...service, realServers: service.realServers.map((each) => ({ ...each, method: { kind: 'nat' as const } })) })) });
  const server = await node('r:web/rs-20');
  const address = within(server).getByTitle('127.0.8.20:8080');
  expect([...address.children].map(({ textContent, className }) => [textContent, className])).toEqual([['127.0.8.20', 'truncate'], [':8080', 'shrink-0']]);
  // In the line of the name, where it lies over nothing.
  expect(within(server).getByRole('img', { name: /error/ }).closest('[class*=absolute]')).toBeNull();
});
