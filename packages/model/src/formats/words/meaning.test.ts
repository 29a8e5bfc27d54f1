// What moves traffic is read as keepalived and a shell read it.
import { describe, expect, it } from 'vitest';
import { importDefinition } from '../index.ts';
import type { Format } from '../index.ts';

function servicesOf(format: Format, ...lines: string[]) {
  return importDefinition(format, [{ name: 'f', text: lines.join('\n') }], { configId: null, protocol: null }).definition.services;
}

describe('of a virtual_server', () => {
  it('the weight counts for real servers without their own, wherever it stands', () => {
    const [service] = servicesOf(
      'keepalived', 'virtual_server 10.0.0.1 80 {', 'protocol TCP', 'real_server 10.9.0.10 80 {', '}', 'weight 7', 'real_server 10.9.0.11 80 {', 'weight 0', '}', '}');
    expect(service?.realServers.map(({ weight }) => weight)).toEqual([7, 0]);
  });

  it.each([
    ['10.0.0.1', '255.255.255.0', { timeoutSeconds: 360, prefixLength: 24, engine: null }],
    ['10.0.0.1', '255.0.255.0', { timeoutSeconds: 360, prefixLength: 32, engine: null }],
    ['fd00::1', '64', { timeoutSeconds: 360, prefixLength: 64, engine: null }],
    ['10.0.0.1', 'wide', null],
  ])('%s with the granularity %s and no timeout persists as keepalived has it', (vip, mask, persistence) => {
    expect(servicesOf('keepalived', `virtual_server ${vip} 80 {`, 'protocol TCP', `persistence_granularity ${mask}`, '}')[0]?.persistence).toEqual(persistence);
  });
});

describe('of a script with ipvsadm', () => {
  it('several commands on a line are several', () => {
    const services = servicesOf('ipvsadm', 'ipvsadm -A -t 10.0.0.1:80 -s rr && ipvsadm -a -t 10.0.0.1:80 -r 10.9.0.10 -m; ipvsadm -A -u 10.0.0.2:53 -s wrr');
    expect(services.map(({ name, scheduler, realServers }) => [name, scheduler.name, realServers.length])).toEqual([['10.0.0.1:80', 'rr', 1], ['10.0.0.2:53', 'wrr', 0]]);
  });

  it('a comment behind a command says nothing', () => {
    const [service] = servicesOf('ipvsadm', '-A -t 10.0.0.1:80 -s rr # not -s wrr', '-a -t 10.0.0.1:80 -r 10.9.0.10 -m -w 1 # -w 100');
    expect([service?.scheduler.name, service?.realServers[0]?.weight]).toEqual(['rr', 1]);
  });

  it('the family of a mark is no time to persist for', () => {
    const [service] = servicesOf('ipvsadm', '-A -f 7 -p -6 -s rr');
    expect(service).toMatchObject({ match: { kind: 'mark', family: 'ipv6' }, persistence: { timeoutSeconds: 360, prefixLength: 128 } });
  });
  it('a length where a mask belongs is taken as what is meant, and said', () => {
    const text = '-A -t 10.0.0.1:80 -s rr -p 60 -M 24';
    expect(servicesOf('ipvsadm', text)[0]?.persistence).toEqual({ timeoutSeconds: 60, prefixLength: 24, engine: null });
    const { report } = importDefinition('ipvsadm', [{ name: 'f', text }], { configId: null, protocol: null });
    expect(report[0]).toMatchObject({ outcome: 'approximated', notes: [{ code: 'netmaskIsLength', params: { mask: '24' } }] });
  });
});
