// The kernel's tables of routes as they are printed, and what no kernel prints.
import { describe, expect, it } from 'vitest';
import { defaultInIpv4, defaultInIpv6, learntInIpv6 } from './default-route.ts';

const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';

function ipv4(...lines: readonly [name: string, destination: string, flags: string, metric: number, mask: string][]): string {
  return [head, ...lines.map(([name, destination, flags, metric, mask]) => `${name}\t${destination}\t0108A8C0\t${flags}\t0\t0\t${metric}\t${mask}\t0\t0\t0`), ''].join('\n');
}

function ipv6(...lines: readonly [name: string, destination: string, length: string, flags: string, metric: string][]): string {
  return lines.map(([name, destination, length, flags, metric]) => (
    `${destination} ${length} ${'0'.repeat(32)} 00 ${'0'.repeat(32)} ${metric} 00000001 00000000 ${flags} ${name.padStart(8)}\n`)).join('');
}

const none = '0'.repeat(32);

describe('the default route', () => {
  it.each<[string, string, string | null]>([
    ['is found', ipv4(['eth0', '0008A8C0', '0001', 0, '00FFFFFF'], ['eth1', '00000000', '0003', 100, '00000000']), 'eth1'],
    ['with the lowest metric wins', ipv4(['eth0', '00000000', '0003', 200, '00000000'], ['eth1', '00000000', '0003', 100, '00000000']), 'eth1'],
    ['that is down or rejects is none', ipv4(['eth0', '00000000', '0002', 0, '00000000'], ['eth1', '00000000', '0201', 0, '00000000']), null],
    ['is not half of everything', ipv4(['eth0', '00000000', '0003', 0, '00000080']), null],
    ['is not there', ipv4(), null],
    ['is not in an empty file', '', null],
    ['is not in nonsense', 'a b\n\u0000\n00000000\n', null],
  ])('of IPv4 %s', (_, text, expected) => expect(defaultInIpv4(text)).toBe(expected));

  it.each<[string, string, string | null]>([
    ['is found', ipv6(['eth0', `fd00${'0'.repeat(28)}`, '40', '00000001', '00000100'], ['eth1', none, '00', '00000003', '00000400']), 'eth1'],
    ['with the lowest metric wins', ipv6(['eth0', none, '00', '00000003', '00000400'], ['eth1', none, '00', '00000003', '00000100']), 'eth1'],
    ['on lo is the one that rejects', ipv6(['lo', none, '00', '00200200', 'ffffffff']), null],
    ['is not in an empty file', '', null],
  ])('of IPv6 %s', (_, text, expected) => expect(defaultInIpv6(text)).toBe(expected));

  it.each<[string, string, string | null]>([
    ['by an advertisement', ipv6(['eth1', none, '00', '00450003', '00000400']), 'eth1'],
    ['by nobody: somebody set it', ipv6(['eth1', none, '00', '00000003', '00000400']), null],
    ['by nobody: there is none', '', null],
  ])('of IPv6 is learnt %s', (_, text, expected) => expect(learntInIpv6(text)).toBe(expected));
});
