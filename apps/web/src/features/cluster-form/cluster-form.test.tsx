// @vitest-environment happy-dom
// The form of a cluster as a person uses it: everything there is goes through it and comes out again.
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { lint, tutorialCluster, type Capabilities, type ClusterDefinition, type RealServer, type VirtualService } from '@weir/model';
import { ToastRegion } from '@weir/ui';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import { ClusterFormPage } from './cluster-form.tsx';
import type { ClusterForm } from './definition/form-values.ts';

const ipvs: Capabilities = {
  driver: 'ipvs', families: ['ipv4', 'ipv6'], protocols: ['tcp', 'udp', 'sctp'], marks: true,
  schedulers: ['rr', 'wrr', 'lc', 'wlc', 'fo', 'ovf', 'lblc', 'lblcr', 'dh', 'sh', 'mh', 'sed', 'nq'], persistence: true, persistenceEngines: ['sip'],
  onePacket: true, methods: ['nat', 'dr', 'tun'], tunnels: ['ipip', 'gue', 'gre'], thresholds: true, unsure: [], removal: 'stall', outlivesAgent: true,
  countersRefreshMs: 2_000, byteKind: 'ipBytes',
};
const directors = ['lvs-a', 'lvs-b'].map((id) => ({
  id, name: id, hello: { hostname: id, version: 2, agentVersion: '1', capabilities: ipvs, health: null, startedAtMs: 0 },
}));

const realServer = (id: string, changes: Partial<RealServer> = {}): RealServer => ({
  id, name: id, rip: '10.1.0.1', port: 80, weight: 1, method: { kind: 'nat' }, thresholds: { upper: 0, lower: 0 }, ...changes,
});
const service = (id: string, changes: Partial<VirtualService> = {}): VirtualService => ({
  id, name: id, match: { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 }, scheduler: { name: 'wlc' }, persistence: null, onePacket: false,
  realServers: [realServer('one'), realServer('two', { rip: '10.1.0.2' })], ...changes,
});
const cluster = (...services: VirtualService[]): ClusterDefinition => ({
  schema: 1, name: 'edge', services,
  directors: [{ directorId: 'lvs-a', dip: { ipv4: '10.1.0.8', ipv6: 'fd01::8' } }, { directorId: 'lvs-b', dip: { ipv4: '10.1.0.9', ipv6: null } }],
  vips: [{ address: '10.0.0.1', holder: 'lvs-a' }],
});

const everything: ClusterDefinition = {
  ...cluster(
    service('web', { scheduler: { name: 'sh', fallback: true, port: true } }),
    service('sip', {
      match: { kind: 'address', protocol: 'udp', vip: '10.0.0.1', port: 5060 }, onePacket: true,
      persistence: { timeoutSeconds: 300, prefixLength: 24, engine: 'sip' }, realServers: [realServer('call', { port: 5060, method: { kind: 'dr' } })],
    }),
    service('m3ua', {
      match: { kind: 'address', protocol: 'sctp', vip: '10.0.0.2', port: 2905 }, scheduler: { name: 'mh', fallback: false, port: true },
      realServers: [realServer('sg', { port: 2905, thresholds: { upper: 1_000, lower: 800 }, weight: 0 })],
    }),
    service('marked', {
      match: { kind: 'mark', family: 'ipv6', mark: 4_294_967_295, protocol: 'tcp', vips: ['fd00::1', 'fd00::2'], ports: [80, 443] }, scheduler: { name: 'lblcr' },
      persistence: { timeoutSeconds: 60, prefixLength: 128, engine: null },
      realServers: [
        realServer('ipip', { rip: 'fd01::1', port: 0, method: { kind: 'tun', tunnel: { type: 'ipip' } } }),
        realServer('gue', { rip: '10.1.0.3', port: 0, method: { kind: 'tun', tunnel: { type: 'gue', port: 6_081, checksum: 'remcsum' } } }),
        realServer('gre', { rip: 'fd01::3', port: 0, method: { kind: 'tun', tunnel: { type: 'gre', checksum: 'csum' } } }),
      ],
    }),
    service('every-port', {
      match: { kind: 'mark', family: 'ipv4', mark: 1, protocol: 'tcp', vips: ['10.0.0.3'], ports: [] }, realServers: [realServer('any', { port: 0, method: { kind: 'dr' } })],
    }),
  ),
  vips: ['10.0.0.1', '10.0.0.2', 'fd00::1', 'fd00::2', '10.0.0.3'].map((address, index) => ({ address, holder: index % 2 === 0 ? 'lvs-a' : 'lvs-b' })),
};

function open(initial: ClusterDefinition, locale: 'en' | 'zh-CN' = 'en', revises = false) {
  const onEdited = vi.fn<() => void>();
  const onSave = vi.fn<(form: ClusterForm) => Promise<void>>(() => Promise.resolve());
  render(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <ToastRegion label="said" closeLabel="close">
        <ClusterFormPage initial={initial} directors={directors} onSave={onSave} onEdited={onEdited} submitLabel="save it" revises={revises} />
      </ToastRegion>
    </IntlProvider>,
  );
  return {
    saved: async () => {
      fireEvent.click(screen.getByRole('button', { name: 'save it' }));
      await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
      return onSave.mock.calls[0]?.[0].definition;
    },
    onSave, onEdited,
  };
}

/** Types, and leaves the field. */
function type(label: string | RegExp, text: string, index = 0): void {
  const field = screen.getAllByLabelText(label)[index];
  if (field === undefined) throw new Error(`no field ${String(label)}`);
  fireEvent.input(field, { target: { value: text } });
  fireEvent.focusOut(field);
}
function choose(label: string, value: string, index = 0): void {
  const field = screen.getAllByLabelText(label)[index];
  if (field === undefined) throw new Error(`no field ${label}`);
  fireEvent.change(field, { target: { value } });
}
const more = (of: string) => screen.queryByRole('button', { name: `More of ${of}` });
const openMore = (of: string) => screen.getAllByRole('button', { name: `More of ${of}` }).slice(0, 1).forEach((button) => fireEvent.click(button));
const values = (label: string) => screen.getAllByLabelText<HTMLInputElement | HTMLSelectElement>(label).map(({ value }) => value);
const findings = () => screen.queryByRole('region', { name: 'Findings' });

afterEach(cleanup);

test.each(['en', 'zh-CN'] as const)('everything that IPVS has is saved as it was opened (%s)', async (locale) => {
  expect(lint(everything).filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(await open(everything, locale).saved()).toEqual(everything);
});

test('nothing changed is not saved, and the button says why; what was changed back is unchanged again', async () => {
  const form = open(cluster(service('web')), 'en', true);
  expect(screen.getByText('Nothing is changed yet: what is here is the newest revision.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'save it' }));
  expect(await screen.findByText('Nothing was saved: what is here is the newest revision.')).toBeTruthy();
  expect(form.onSave).not.toHaveBeenCalled();
  type('Weight', '2');
  await waitFor(() => expect(screen.queryByText(/what is here is the newest revision/)).toBeNull());
  type('Weight', '1');
  expect(await screen.findByText('Nothing is changed yet: what is here is the newest revision.')).toBeTruthy();
  type('Name', ' edge ');
  fireEvent.click(screen.getByRole('button', { name: 'save it' }));
  expect(await screen.findByText('Nothing was saved: what is here is the newest revision.')).toBeTruthy();
  expect(form.onSave).not.toHaveBeenCalled();
});

test('a finding comes while one types and goes when it is cured, without leaving the field', async () => {
  const form = open(cluster(service('web')));
  const [, second] = screen.getAllByLabelText('RIP');
  if (second === undefined) throw new Error('two real servers');
  fireEvent.input(second, { target: { value: '10.1.0.1' } });
  expect(form.onEdited).toHaveBeenCalled();
  await waitFor(() => expect(findings()?.textContent).toContain('10.1.0.1:80 stands in web twice'));
  fireEvent.input(second, { target: { value: '10.1.0.2' } });
  await waitFor(() => expect(findings()).toBeNull());
  fireEvent.input(screen.getAllByLabelText('Name')[0] ?? second, { target: { value: '' } });
  fireEvent.input(second, { target: { value: '10.1.0.1' } });
  await waitFor(() => expect(findings()?.textContent).toContain('10.1.0.1:80 stands in web twice'));
});

test('a lower threshold without an upper one is said as that', async () => {
  open(cluster(service('web', { realServers: [realServer('one', { thresholds: { upper: 0, lower: 5 } })] })));
  expect((await screen.findByRole('region', { name: 'Findings' })).textContent).toContain('has a lower threshold of 5 and no upper one, which the kernel refuses.');
});

test('what is set is in sight, what is not is one button away', () => {
  open(everything);
  expect(more('web')).not.toBeNull();
  expect(more('sip')).toBeNull();
  expect(screen.getAllByLabelText('Timeout (s)')).toHaveLength(2);
  expect(values('Upper threshold')).toEqual(['1000']);
  openMore('one');
  expect(screen.getAllByLabelText('Upper threshold')).toHaveLength(2);
});

test('an address becomes a mark with what was typed, and an address again', async () => {
  const form = open({ ...cluster(service('web')) });
  choose('Packets by', 'mark');
  type('Marked VIPs', '10.0.0.1, 10.0.0.2');
  type('Marked ports', '80 443');
  await screen.findByLabelText('10.0.0.2');
  choose('10.0.0.2', 'lvs-b');
  choose('Packets by', 'address');
  choose('Packets by', 'mark');
  const definition = await form.saved();
  expect(definition?.services[0]?.match).toEqual({ kind: 'mark', family: 'ipv4', mark: 1, protocol: 'tcp', vips: ['10.0.0.1', '10.0.0.2'], ports: [80, 443] });
});

test('what is no address and no port in a mark says so at its field', async () => {
  open(cluster(service('web')));
  choose('Packets by', 'mark');
  type('Marked VIPs', '10.0.0.1 fd00::1');
  type('Marked ports', '80, http');
  type('Mark', '0');
  expect(await screen.findByText(/A whole number/)).toBeTruthy();
  expect(await screen.findByText(/other family/)).toBeTruthy();
  expect(await screen.findByText(/At least 1\./)).toBeTruthy();
});

test('persistence comes back as it was when it is switched off and on', async () => {
  const form = open(cluster(service('web')));
  openMore('web');
  fireEvent.click(screen.getByLabelText('Persistence'));
  expect(values('Timeout (s)')).toEqual(['360']);
  type('Timeout (s)', '300');
  type('Client prefix length', '24');
  expect(screen.getByText('clients that share 24 of 32 bits are one')).toBeTruthy();
  fireEvent.click(screen.getByLabelText('Persistence'));
  fireEvent.click(screen.getByLabelText('Persistence'));
  expect((await form.saved())?.services[0]?.persistence).toEqual({ timeoutSeconds: 300, prefixLength: 24, engine: null });
});

test('a mend changes its part, leaves what is typed elsewhere, and is taken back', async () => {
  const weights = [realServer('one', { weight: 3 }), realServer('two', { rip: '10.1.0.2' })];
  const form = open(cluster(service('web', { scheduler: { name: 'rr' }, realServers: weights }), service('two', { match: { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 81 } })));
  type('Name', 'renamed');
  fireEvent.click(await screen.findByRole('button', { name: /^Mend: web is scheduled by rr/ }));
  await waitFor(() => expect(findings()).toBeNull());
  expect(values('Scheduler')).toEqual(['wrr', 'wlc']);
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(findings()).not.toBeNull());
  expect(values('Scheduler')).toEqual(['rr', 'wlc']);
  expect(await form.saved()).toMatchObject({ name: 'renamed', services: [{ scheduler: { name: 'rr' } }, {}] });
});

test('a draft that has no name yet, as an imported one, is mended all the same', async () => {
  open({ ...cluster(service('web', { scheduler: { name: 'rr' }, realServers: [realServer('one', { weight: 3 }), realServer('two', { rip: '10.1.0.2' })] })), name: '' });
  fireEvent.click(await screen.findByRole('button', { name: /^Mend: web is scheduled by rr/ }));
  await waitFor(() => expect(values('Scheduler')).toEqual(['wrr']));
});

test('the mend of a real server that stands twice takes its row away', async () => {
  const form = open(cluster(service('web', { realServers: [realServer('one'), realServer('again')] })));
  fireEvent.click(await screen.findByRole('button', { name: /^Mend: 10\.1\.0\.1:80 stands in web twice/ }));
  await waitFor(() => expect(screen.getAllByLabelText('RIP')).toHaveLength(1));
  expect((await form.saved())?.services[0]?.realServers).toEqual([realServer('one')]);
});

test('the VIPs of a director that leaves go to the one that stays', async () => {
  const form = open(cluster(service('web')));
  fireEvent.click(screen.getByRole('button', { name: 'Remove director lvs-a' }));
  expect(await form.saved()).toMatchObject({ directors: [{ directorId: 'lvs-b' }], vips: [{ address: '10.0.0.1', holder: 'lvs-b' }] });
});

test('a holder that is no director of the cluster is shown as what it is', () => {
  open({ ...tutorialCluster('lvs-a'), vips: [{ address: '127.0.8.200', holder: 'lvs-b' }] });
  expect(within(screen.getByRole('region', { name: 'VIPs' })).getByRole<HTMLSelectElement>('combobox').selectedOptions[0]?.textContent).toBe('lvs-b');
});

test('of many findings a page is shown, and the others as one asks for them', async () => {
  open(cluster(service('web', { realServers: Array.from({ length: 151 }, (_, index) => realServer(`rs-${index}`)) })));
  const list = within(await screen.findByRole('region', { name: 'Findings' }));
  expect(list.getAllByText(/stands in web twice/)).toHaveLength(100);
  fireEvent.click(list.getByRole('button', { name: 'Show more: 50 findings are not shown' }));
  expect(list.getAllByText(/stands in web twice/)).toHaveLength(150);
});
