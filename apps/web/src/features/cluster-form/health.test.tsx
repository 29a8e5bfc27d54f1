// @vitest-environment happy-dom
// Health checks in the form of a cluster: everything there is goes through it, and what it comes to is said.
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { ServiceHealth, tutorialCluster, type ClusterDefinition, type HealthCheck } from '@weir/model';
import { ToastRegion } from '@weir/ui';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import { ClusterFormPage } from './cluster-form.tsx';
import type { ClusterForm } from './definition/form-values.ts';

const bare = tutorialCluster('lvs-a');

function withHealth(health: ServiceHealth): ClusterDefinition {
  return { ...bare, services: bare.services.map((service) => ({ ...service, health })) };
}

const tls = { name: 'web.example', verify: true, endsAfterDays: 14, clientCertificate: 'weir' };
const check = (id: string, probe: HealthCheck['probe'], changes: Partial<HealthCheck> = {}): HealthCheck => ({
  id, probe, port: null, source: null, intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_000, rise: 2, fall: 3, ...changes,
});

const everything = ServiceHealth.parse({
  checks: [
    check('http', {
      type: 'http', method: 'POST', path: '/up?all', host: 'web.example', statuses: [{ from: 200, to: 204 }, { from: 301, to: 301 }], tls,
      headers: [{ name: 'X-Token', value: 'a1', secret: true }, { name: 'Accept', value: '*/*', secret: false }], body: { kind: 'sha256', hash: 'a'.repeat(64) },
    }, { port: 8_081, source: '127.0.8.10', changingIntervalMs: 500, timeoutMs: 250 }),
    check('tls', { type: 'tls', tls: { ...tls, name: null, endsAfterDays: null, clientCertificate: null } }),
    check('smtp', { type: 'exchange', transport: 'tcp', send: null, expect: { kind: 'pattern', pattern: '^220' } }),
    check('dns', { type: 'dns', transport: 'tcp', name: 'web.example.', record: 'AAAA', answer: 'fd00::1' }),
    check('script', { type: 'script', file: 'deep.sh', arguments: ['a b', '--all'] }),
    check('agent', { type: 'agent', path: '/weight' }), check('icmp', { type: 'icmp' }), check('path', { type: 'path' }),
  ],
  first: 'down', whenDown: 'remove', slowStartSeconds: 30, quorum: { up: 2, hysteresis: 1 }, belowQuorum: 'sorry',
  sorry: { id: 'sorry', name: 'sorry', rip: '127.0.8.90', port: 8080, method: { kind: 'tun', tunnel: { type: 'gue', port: 6_080, checksum: 'csum' } } },
  flapping: { changes: 4, withinSeconds: 300, holdSeconds: 60 },
});

function open(initial: ClusterDefinition, locale: 'en' | 'zh-CN' = 'en') {
  const onSave = vi.fn<(form: ClusterForm) => Promise<void>>(() => Promise.resolve());
  render(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <ToastRegion label="said" closeLabel="close">
        <ClusterFormPage initial={initial} directors={[{ id: 'lvs-a', name: 'lvs-a', hello: null }]} onSave={onSave} onEdited={() => undefined} submitLabel="save it" />
      </ToastRegion>
    </IntlProvider>,
  );
  return {
    onSave,
    saved: async () => {
      fireEvent.click(screen.getByRole('button', { name: 'save it' }));
      await waitFor(() => expect(onSave).toHaveBeenCalledOnce(), { timeout: 15_000 });
      return onSave.mock.calls[0]?.[0].definition.services[0]?.health;
    },
  };
}

const part = () => within(screen.getByRole('group', { name: 'Health checks' }));
function type(label: string | RegExp, text: string): void {
  const field = part().getByLabelText(label);
  fireEvent.input(field, { target: { value: text } });
  fireEvent.focusOut(field);
}
const invalid = (label: RegExp, is: string | null) => waitFor(() => expect(part().getByLabelText(label).getAttribute('aria-invalid')).toBe(is), { timeout: 15_000 });
const choose = (label: string, value: string) => fireEvent.change(part().getByLabelText(label), { target: { value } });
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }, { timeout: 15_000 }));

afterEach(cleanup);

test.each(['en', 'zh-CN'] as const)('all that a check can ask and do is saved as it was opened (%s)', async (locale) => {
  expect(await open(withHealth(everything), locale).saved()).toEqual(everything);
});

test('off until it is wanted; then a good default, which says what it comes to; undone by name', async () => {
  const form = open(bare);
  expect(part().getByText(/one that is down goes on getting its share/)).toBeTruthy();
  await press('Check the real servers');
  expect(part().getByText(/^A real server that falls silent gets no new connections after 7 to 12 s; one that refuses each try after 5 to 10 s\. One that answers again is back after 5 to 10 s\.$/)).toBeTruthy();
  await press('Undo: Change the health checks of web');
  await waitFor(() => expect(part().queryByLabelText('Type')).toBeNull());
  await press('Redo: Change the health checks of web');
  await waitFor(() => expect(part().getByLabelText('Type')).toBeTruthy());
  type('Down after', '5');
  await waitFor(() => expect(part().getByText(/after 22 to 27 s/)).toBeTruthy());
  await press('Undo: Change the health checks of web');
  await waitFor(() => expect(part().getByLabelText<HTMLInputElement>('Down after').value).toBe('2'));
  expect(await form.saved()).toMatchObject({ checks: [{ probe: { type: 'tcp' }, intervalMs: 5_000, timeoutMs: 2_000, rise: 2, fall: 2 }], whenDown: 'weightZero', belowQuorum: 'goOn' });
});

test('a type shows its own fields alone, and what is typed is what is saved', async () => {
  const form = open(bare);
  await press('Check the real servers');
  expect(part().queryByLabelText('Path')).toBeNull();
  choose('Type', 'http');
  type(/^Path/, '/healthz');
  type(/^Good statuses/, '200-299, 304');
  type(/^Every/, '1.5');
  type(/^Timeout/, '0,5');
  await press('Add a header');
  type(/^Header/, 'X-Token');
  type(/^Value/, 'a1b2');
  fireEvent.click(part().getByLabelText('Secret'));
  await waitFor(() => expect(part().getByLabelText<HTMLInputElement>(/^Value/).type).toBe('password'));
  choose('When it is down', 'remove');
  expect(part().getByText(/falls silent is taken out after 2 to 3\.5 s/)).toBeTruthy();
  expect(await form.saved()).toMatchObject({
    checks: [{
      probe: { type: 'http', path: '/healthz', statuses: [{ from: 200, to: 299 }, { from: 304, to: 304 }], headers: [{ name: 'X-Token', value: 'a1b2', secret: true }] },
      intervalMs: 1_500, timeoutMs: 500,
    }],
    whenDown: 'remove',
  });
});

test('what is wrong is said at its field, and nothing is saved', async () => {
  const form = open(bare);
  await press('Check the real servers');
  choose('Type', 'http');
  type(/^Every/, 'often');
  type(/^Good statuses/, '2xx');
  type(/^Path/, 'up');
  await invalid(/^Good statuses/, 'true');
  await invalid(/^Every/, 'true');
  expect(part().getByText(/^Fill in the times/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'save it' }));
  await invalid(/^Path/, 'true');
  expect(form.onSave).not.toHaveBeenCalled();
  type(/^Every/, '3');
  await invalid(/^Every/, null);
});

test('checks are added and removed, a sorry server and damping with them', async () => {
  const form = open(bare);
  await press('Check the real servers');
  fireEvent.change(part().getByLabelText('Check to add'), { target: { value: 'redis' } });
  await press('Add a check');
  await waitFor(() => expect(part().getAllByLabelText('Type')).toHaveLength(2));
  await press('Remove check 1');
  await waitFor(() => expect(part().getAllByLabelText('Type')).toHaveLength(1));
  fireEvent.click(part().getByLabelText('Sorry server'));
  type('Name', 'sorry');
  type('RIP', '127.0.8.90');
  fireEvent.click(part().getByLabelText('Damp flapping'));
  choose('When fewer are up', 'sorry');
  expect(await form.saved()).toMatchObject({
    checks: [{ probe: { type: 'exchange', send: String.raw`PING\r\n`, expect: { text: '+PONG' } } }], belowQuorum: 'sorry',
    sorry: { name: 'sorry', rip: '127.0.8.90', port: 8080, method: { kind: 'proxied' } }, flapping: { changes: 4, withinSeconds: 300, holdSeconds: 120 },
  });
});
