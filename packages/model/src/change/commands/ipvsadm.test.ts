import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipvsadmCommand } from './ipvsadm.ts';
import type { Operation } from '../operation.ts';
import { plan } from '../plan.ts';
import type { Endpoint, RealServerSettings, ServiceAddress, ServiceSettings } from '../../table/table.ts';
import { actualTable, forwardingTable } from '../../testing/definitions/arbitrary.ts';

const tcp = (vip = '192.168.8.200', port = 80): ServiceAddress => ({ kind: 'address', protocol: 'tcp', vip, port });
const udp = (port: number): ServiceAddress => ({ kind: 'address', protocol: 'udp', vip: '192.168.8.200', port });
const mark = (number: number, family: 'ipv4' | 'ipv6' = 'ipv4'): ServiceAddress => ({ kind: 'mark', family, mark: number });
const plain: ServiceSettings = { scheduler: { name: 'rr' }, persistence: null, onePacket: false };
const sticky = (timeoutSeconds: number, prefixLength: number, engine: 'sip' | null = null): ServiceSettings => (
  { ...plain, persistence: { timeoutSeconds, prefixLength, engine } });
const tun = (tunnel: Extract<RealServerSettings['method'], { kind: 'tun' }>['tunnel']): RealServerSettings['method'] => ({ kind: 'tun', tunnel });

const addService = (service: ServiceAddress, settings = plain): Operation => ({ kind: 'addService', service, settings });
function addRealServer(rip: string, method: RealServerSettings['method'], changes: Partial<RealServerSettings & Endpoint> = {}, service = tcp()): Operation {
  const { port = 80, weight = 1, thresholds = { upper: 0, lower: 0 } } = changes;
  return { kind: 'addRealServer', service, realServer: { endpoint: { rip, port }, settings: { method, weight, thresholds } } };
}

describe('the words of ipvsadm -Sn', () => {
  it.each<[words: string, operation: Operation]>([
    ['-A -t 192.168.8.200:80 -s sh -p 60 -M 255.255.255.0 -b sh-fallback,sh-port',
      addService(tcp(), { ...sticky(60, 24), scheduler: { name: 'sh', fallback: true, port: true } })],
    ['-a -t 192.168.8.200:80 -r 192.168.8.20:80 -i -w 3 --tun-type ipip', addRealServer('192.168.8.20', tun({ type: 'ipip' }), { weight: 3 })],
    ['-a -t 192.168.8.200:80 -r 192.168.8.30:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-csum',
      addRealServer('192.168.8.30', tun({ type: 'gue', port: 6080, checksum: 'csum' }))],
    ['-a -t 192.168.8.200:80 -r 192.168.8.31:80 -i -w 1 --tun-type gre --tun-nocsum', addRealServer('192.168.8.31', tun({ type: 'gre', checksum: 'none' }))],
    ['-A -u 192.168.8.200:53 -s mh -o -b mh-fallback,mh-port', addService(udp(53), { ...plain, onePacket: true, scheduler: { name: 'mh', fallback: true, port: true } })],
    ['-A -u 192.168.8.200:5060 -s rr -p 60 --pe sip', addService(udp(5060), sticky(60, 32, 'sip'))],
    ['-A --sctp-service 192.168.8.200:99 -s rr', addService({ kind: 'address', protocol: 'sctp', vip: '192.168.8.200', port: 99 })],
    ['-A -t [fd00::1]:80 -s rr -p 60 -M 64', addService(tcp('fd00::1'), sticky(60, 64))],
    ['-A -f 7 -s wlc -p 360', addService(mark(7), { ...sticky(360, 32), scheduler: { name: 'wlc' } })],
    ['-A -f 5 -6 -s rr', addService(mark(5, 'ipv6'))],
  ])('%s', (words, operation) => expect(ipvsadmCommand(operation)).toBe(`ipvsadm ${words}`));
});

describe('a command', () => {
  const nat: RealServerSettings = { method: { kind: 'nat' }, weight: 1, thresholds: { upper: 0, lower: 0 } };
  const endpoint = { rip: '192.168.8.20', port: 8080 };
  it.each<[words: string, operation: Operation]>([
    ['-E -t 192.168.8.200:80 -s rr', { kind: 'setService', service: tcp(), before: sticky(60, 24, 'sip'), after: plain }],
    ['-D -t 192.168.8.200:80', { kind: 'removeService', service: tcp(), removed: { address: tcp(), settings: plain, realServers: [] } }],
    ['-D -f 5 -6', { kind: 'removeService', service: mark(5, 'ipv6'), removed: { address: mark(5, 'ipv6'), settings: plain, realServers: [] } }],
    ['-e -t 192.168.8.200:80 -r 192.168.8.20:8080 -m -w 0 -x 100 -y 50',
      { kind: 'setRealServer', service: tcp(), endpoint, before: nat, after: { ...nat, weight: 0, thresholds: { upper: 100, lower: 50 } } }],
    ['-d -t 192.168.8.200:80 -r 192.168.8.20:8080', { kind: 'removeRealServer', service: tcp(), removed: { endpoint, settings: nat } }],
    ['-d -t 192.168.8.200:80 -r 192.168.8.20:8080', { kind: 'removeRealServer', service: tcp(), removed: { endpoint, settings: { ...nat, method: { kind: 'dr' }, weight: 70_000 } } }],
    ['-a -t 192.168.8.200:80 -r 192.168.8.20:80 -g -w 65535', addRealServer('192.168.8.20', { kind: 'dr' }, { weight: 65_535 })],
    ['-a -f 4294967295 -r 192.168.8.20:0 -g -w 1', addRealServer('192.168.8.20', { kind: 'dr' }, { port: 0 }, mark(4_294_967_295))],
    ['-a -f 7 -r 192.168.8.20:8080 -g -w 1', addRealServer('192.168.8.20', { kind: 'dr' }, { port: 8080 }, mark(7))],
    ['-a -t 192.168.8.200:80 -r [fd00::20]:80 -i -w 1 -x 9 --tun-type gue --tun-port 1 --tun-remcsum',
      addRealServer('fd00::20', tun({ type: 'gue', port: 1, checksum: 'remcsum' }), { thresholds: { upper: 9, lower: 0 } })],
    ['-A -t [fd00::1]:80 -s rr -p 60', addService(tcp('fd00::1'), sticky(60, 128))],
    ['-A -t [fd00::1]:80 -s rr -p 60 -M 32', addService(tcp('fd00::1'), sticky(60, 32))],
    ['-A -t 192.168.8.200:80 -s rr -p 60 -M 128.0.0.0', addService(tcp(), sticky(60, 1))],
    ['-A -t 192.168.8.200:80 -s rr -p 60 -M 255.255.255.254', addService(tcp(), sticky(60, 31))],
    ['-A -t 192.168.8.200:0 -s rr -p 60', addService(tcp('192.168.8.200', 0), sticky(60, 32))],
    ['-A -t 192.168.8.200:80 -s mh -b mh-port', addService(tcp(), { ...plain, scheduler: { name: 'mh', fallback: false, port: true } })],
    ['-A -t 192.168.8.200:80 -s sh', addService(tcp(), { ...plain, scheduler: { name: 'sh', fallback: false, port: false } })],
    ['-A -f 7 -s rr -o', addService(mark(7), { ...plain, onePacket: true })],
  ])('%s', (words, operation) => expect(ipvsadmCommand(operation)).toBe(`ipvsadm ${words}`));

  it.each<[what: string, operation: Operation]>([
    ['a proxied real server added', addRealServer('192.168.8.20', { kind: 'proxied', source: null })],
    ['one changed', { kind: 'setRealServer', service: tcp(), endpoint, before: nat, after: { ...nat, method: { kind: 'proxied', source: '192.168.8.10' } } }],
    ['one removed', { kind: 'removeRealServer', service: tcp(), removed: { endpoint, settings: { ...nat, method: { kind: 'proxied', source: null } } } }],
    ['a weight that -w refuses', addRealServer('192.168.8.20', { kind: 'nat' }, { weight: 65_536 })],
    ['a port that -g would overwrite', addRealServer('192.168.8.20', { kind: 'dr' }, { port: 8080 })],
    ['a port that -i would overwrite', addRealServer('192.168.8.20', tun({ type: 'ipip' }), { port: 0 })],
    ['NAT across families', addRealServer('fd00::20', { kind: 'nat' })],
    ['DR across families', addRealServer('192.168.8.20', { kind: 'dr' }, { port: 0 }, mark(7, 'ipv6'))],
    ['a mask wider than the address', addService(tcp(), sticky(60, 33))],
    ['port 0 without -p', addService(tcp('192.168.8.200', 0))],
    ['-o for TCP', addService(tcp(), { ...plain, onePacket: true })],
  ])('does not exist for %s', (_, operation) => expect(ipvsadmCommand(operation)).toBeNull());

  it('needs no quoting in a shell, whatever the plan', () => {
    fc.assert(fc.property(forwardingTable, actualTable, (wanted, actual) => {
      for (const operation of plan(wanted, actual)) expect(ipvsadmCommand(operation) ?? 'ipvsadm').toMatch(/^ipvsadm[-\w .:,[\]]*$/);
    }));
  });
});
