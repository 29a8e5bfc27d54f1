import { describe } from 'vitest';
import { cluster, realServer, service } from '../../testing/definitions/cluster.ts';
import type { Broken, Clean } from '../../testing/definitions/lint-cases.ts';
import { address, atRealServer, atService, checkRules, director, ipip, mark, vip, withRealServer } from '../../testing/definitions/lint-cases.ts';
import { addressRules } from './addresses.ts';

/** One service on this VIP, by the method. */
const onVip = (text: string, changes: Parameters<typeof realServer>[1] = {}) => cluster({
  vips: [{ address: text, holder: 'lb-1' }],
  services: [service('web', { match: address({ vip: text }), realServers: [realServer('rs', { rip: text.includes(':') ? 'fd00::20' : '192.168.8.20', ...changes })] })],
});
const proxied = { method: { kind: 'proxied' } } as const;
const dr = { method: { kind: 'dr' }, port: 80 } as const;
const at = [...atRealServer, 'rip'];
const one = ['services', 0, 'realServers', 0, 'rip'];

const broken: readonly Broken[] = [
  ...(['0.0.0.0 unspecified', ':: unspecified', '224.0.0.18 multicast', 'ff02::12 multicast', '255.255.255.255 broadcast'].map((words): Broken => {
    const [text = '', kind = ''] = words.split(' ');
    return { code: 'notUnicast', path: ['vips', 0, 'address'], params: { address: text, kind }, definition: onVip(text), mended: null };
  })),
  { code: 'notUnicast', path: ['directors', 0, 'dip', 'ipv4'], params: { address: '0.0.0.0', kind: 'unspecified' },
    definition: cluster({ directors: [director('lb-1', '0.0.0.0')] }), mended: null },
  { code: 'notUnicast', path: ['directors', 0, 'dip', 'ipv6'], params: { address: 'ff02::1', kind: 'multicast' },
    definition: cluster({ directors: [director('lb-1', null, 'ff02::1')] }), mended: null },
  { code: 'notUnicast', path: at, params: { address: '239.1.2.3', kind: 'multicast' }, definition: withRealServer({ rip: '239.1.2.3' }), mended: null },
  { code: 'notUnicast', path: at, params: { address: '255.255.255.255', kind: 'broadcast' }, definition: withRealServer({ rip: '255.255.255.255', ...proxied }), mended: null },
  { code: 'linkLocal', path: ['vips', 0, 'address'], params: { address: '169.254.8.200', kind: 'linkLocal' }, definition: onVip('169.254.8.200'), mended: null },
  { code: 'linkLocal', path: ['vips', 0, 'address'], params: { address: 'fe80::200', kind: 'linkLocal' }, definition: onVip('fe80::200'), mended: null },
  { code: 'linkLocal', path: at, params: { address: '169.254.8.30', kind: 'linkLocal' }, definition: withRealServer({ rip: '169.254.8.30' }), mended: null },
  { code: 'linkLocalRefused', path: one, params: { service: 'web', realServer: '[fe80::20]:8080' }, definition: onVip('fd00::1', { rip: 'fe80::20' }), mended: null },
  { code: 'linkLocalRefused', path: at, params: { service: 'web', realServer: '[fe80::30]:8080' }, definition: withRealServer({ rip: 'fe80::30', ...proxied }), mended: null },
  { code: 'loopbackVip', path: [...atService, 'match'], params: { service: 'web', vip: '127.0.8.200' }, definition: onVip('127.0.8.200'), mended: null },
  { code: 'loopbackVip', path: [...atService, 'match'], params: { service: 'web', vip: '::1' }, definition: onVip('::1', dr), mended: null },
  { code: 'loopbackVip', path: [...atService, 'match'], params: { service: 'web', vip: '127.0.8.200' },
    definition: cluster({
      vips: [{ address: vip, holder: 'lb-1' }, { address: '127.0.8.200', holder: 'lb-1' }],
      services: [service('web', { match: { ...mark, vips: [vip, '127.0.8.200'] } })],
    }), mended: null },
  { code: 'loopbackByNat', path: at, params: { service: 'web', realServer: '127.0.0.1:8080' }, definition: withRealServer({ rip: '127.0.0.1' }), mended: null },
  { code: 'loopbackByNat', path: one, params: { service: 'web', realServer: '[::1]:8080' }, definition: onVip('fd00::1', { rip: '::1' }), mended: null },
  { code: 'loopbackIsDirector', path: at, params: { service: 'web', realServer: '127.0.0.1:80', method: 'dr' }, definition: withRealServer({ rip: '127.0.0.1', ...dr }), mended: null },
  { code: 'loopbackIsDirector', path: at, params: { service: 'web', realServer: '127.0.0.1:80', method: 'tun' },
    definition: withRealServer({ rip: '127.0.0.1', port: 80, method: ipip }), mended: null },
];

const clean: readonly Clean[] = [
  ['a proxied real server on loopback', withRealServer({ rip: '127.0.0.1', ...proxied })],
  ['a proxied service on loopback', onVip('127.0.8.200', { rip: '127.0.8.20', ...proxied })],
  ['a proxied service on loopback with a real server elsewhere', onVip('127.0.8.200', proxied)],
  ['a public VIP', onVip('203.0.113.7')],
  ['the highest address that is not multicast', withRealServer({ rip: '223.255.255.254' })],
  ['a VIP of 240.0.0.0/4, which Linux takes', onVip('240.0.0.1')],
];

describe('rules about addresses', () => { checkRules(addressRules, broken, clean); });
