import { expect, test } from 'vitest';
import { capabilitiesOf } from './capabilities.ts';
import type { KernelFacts } from './capabilities.ts';

const debian: KernelFacts = {
  schedulers: new Set(['rr', 'wlc', 'twos']), engines: new Set(['sip']), families: ['ipv4', 'ipv6'],
  protocols: new Set(['tcp', 'udp', 'sctp']), release: '6.1.0-56-amd64', removal: 'stall',
};

test('a kernel that tells all of itself leaves nothing unsure', () => {
  expect(capabilitiesOf(debian)).toMatchObject({ schedulers: ['rr', 'wlc'], protocols: ['tcp', 'udp', 'sctp'], tunnels: ['ipip', 'gue', 'gre'], unsure: [] });
});

test('a kernel built without SCTP cannot do it, and of one that does not tell nobody is sure', () => {
  expect(capabilitiesOf({ ...debian, protocols: new Set(['tcp', 'udp']) })).toMatchObject({ protocols: ['tcp', 'udp'], unsure: [] });
  expect(capabilitiesOf({ ...debian, protocols: null })).toMatchObject({ protocols: ['tcp', 'udp'], unsure: ['sctp'] });
});

test.each([
  ['5.3.0', true], ['5.10.0-8-amd64', true], ['10.0', true], ['5.2.21', false], ['4.18.0-553.el8_10.x86_64', false], ['3.10.0', false], ['5', false], ['next', false],
])('the tunnels of Linux %s: sure %s', (release, sure) => {
  expect(capabilitiesOf({ ...debian, release })).toMatchObject(sure ? { tunnels: ['ipip', 'gue', 'gre'], unsure: [] } : { tunnels: ['ipip'], unsure: ['gue', 'gre'] });
});
