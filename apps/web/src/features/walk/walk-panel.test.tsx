// @vitest-environment happy-dom
// The packet walk and the set-up of a host as a person reads them: who to whom, what breaks, what is to be done on which host.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { ClusterDefinition, ForwardingMethod } from '@weir/model';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import { SetUpHost } from '../real-server-setup/set-up-host.tsx';
import { WalkPanel } from './walk-panel.tsx';

const vip = '192.168.8.200';

function defined(method: ForwardingMethod): ClusterDefinition {
  return {
    schema: 1, name: 'shop', directors: [{ directorId: 'lb-1', dip: { ipv4: '192.168.8.10', ipv6: null } }], vips: [{ address: vip, holder: 'lb-1' }],
    services: [{
      id: 'web', name: 'web', match: { kind: 'address', protocol: 'tcp', vip, port: 80 }, scheduler: { name: 'rr' }, persistence: null, onePacket: false,
      realServers: [{ id: 'rs-20', name: 'rs-20', rip: '192.168.8.20', port: 80, weight: 1, method, thresholds: { upper: 0, lower: 0 } }],
    }],
  };
}

function open(method: ForwardingMethod, locale: 'en' | 'zh-CN' = 'en') {
  const definition = defined(method);
  const [service] = definition.services;
  const [realServer] = service!.realServers;
  render(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <WalkPanel definition={definition} service={service!} realServer={realServer!} directorName={() => 'lvs-a'} onRealServer={() => undefined} />
      <SetUpHost clusterId="c-1" definition={definition} rip="192.168.8.20" />
    </IntlProvider>,
  );
}

function rows(name: string): string[] {
  return [...screen.getByRole('table', { name }).querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].map(({ textContent }) => textContent).join(' | '));
}

afterEach(cleanup);

test('DR: the real server answers the client itself, and its host needs the VIP and two sysctls', () => {
  open({ kind: 'dr' });
  expect(rows('Hops of the packet')).toEqual([
    '1 | request | client → director | C → D | 192.168.8.100:40000 | 192.168.8.200:80 | 64 | 1,500 of 1,500 B',
    '2 | request | director → real server | D → R | 192.168.8.100:40000 | 192.168.8.200:80 | 63 | 1,500 of 1,500 B',
    '3 | reply | real server → client | R → C | 192.168.8.200:80 | 192.168.8.100:40000 | 64 | 1,500 of 1,500 B',
  ]);
  expect(screen.getByRole('img', { name: '3 hops by DR. The real server answers the client without the director.' })).toBeDefined();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'weir-rs-rs-20.sh' }).value).toMatch(/^#!\/bin\/sh\n[^]*\n {2}arp\n {2}vip 192\.168\.8\.200\n\}/);
  expect(screen.getByText('One service of this cluster sends to it:')).toBeDefined();
});

test('another method is looked at without being defined, and what breaks is said', () => {
  open({ kind: 'dr' });
  fireEvent.change(screen.getByLabelText('Method'), { target: { value: 'nat' } });
  fireEvent.change(screen.getByLabelText('Client'), { target: { value: 'sameSubnet' } });
  expect(screen.getByText('This breaks at hop 3.')).toBeDefined();
  expect(screen.getByText(/the client gets it from 192\.168\.8\.20 and drops it/)).toBeDefined();
  fireEvent.change(screen.getByLabelText('Client'), { target: { value: 'behindDirector' } });
  expect(screen.queryByText(/This breaks/)).toBeNull();
  expect(rows('Hops of the packet')).toHaveLength(4);
});

test('a client that is no address of the VIP’s family is refused, and the picture stays', () => {
  open({ kind: 'dr' });
  fireEvent.change(screen.getByLabelText('Client address'), { target: { value: '10.0.0.7' } });
  expect(rows('Hops of the packet')[0]).toContain('10.0.0.7:40000');
  fireEvent.change(screen.getByLabelText('Client address'), { target: { value: 'fd00::7' } });
  expect(screen.getByText('Not an IPv4 address.')).toBeDefined();
  expect(rows('Hops of the packet')[0]).toContain('10.0.0.7:40000');
});

test('a tunnel says what it puts around the packet, and what is configured on the host', () => {
  open({ kind: 'tun', tunnel: { type: 'gre', checksum: 'csum' } });
  expect(rows('Hops of the packet')[1]).toContain('192.168.8.10 → 192.168.8.20, gre, proto 47, ttl 63');
  fireEvent.click(screen.getByRole('tab', { name: 'ifcfg' }));
  expect(screen.getByText('This format has no words for weirgre: let the script make it at each boot.')).toBeDefined();
  expect(screen.getByText('/etc/sysconfig/network-scripts/ifcfg-lo:0')).toBeDefined();
});

test('a method is called by the reader’s word in the list, the picture and the setup', () => {
  open({ kind: 'proxied' }, 'zh-CN');
  expect([...screen.getByLabelText<HTMLSelectElement>('转发方式').options].map(({ text }) => text)).toEqual([
    '代理转发（已定义）', 'NAT', 'DR', 'TUN ipip', 'TUN gue:6080', 'TUN gre']);
  expect(screen.queryByText(/proxied/)).toBeNull();
});

test('a proxied real server needs nothing, in either language', () => {
  open({ kind: 'proxied' });
  expect(screen.getByText('Nothing to set up')).toBeDefined();
  cleanup();
  open({ kind: 'proxied' }, 'zh-CN');
  expect(screen.getByText('无需设置')).toBeDefined();
  expect(screen.getByText(/^应答经过负载调度器。 请求为实线/)).toBeDefined();
});
