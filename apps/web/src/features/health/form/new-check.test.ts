// What a service's checks begin with can be saved as it is, but for what only a person knows.
import { HealthCheck, ServiceHealth, type ServiceMatch } from '@weir/model';
import { expect, test } from 'vitest';
import { likelyPreset, newCheck, newHealth, presets, probeOfType, probeTypes } from './new-check.ts';

const address = (protocol: ServiceMatch['protocol'], port: number): ServiceMatch => ({ kind: 'address', protocol, vip: '10.0.0.1', port });

test('the default is a connection for TCP, a question for DNS, an exchange for other UDP', () => {
  expect(likelyPreset(address('tcp', 443))).toBe('tcp');
  expect(likelyPreset(address('udp', 53))).toBe('dns');
  expect(likelyPreset(address('udp', 5_060))).toBe('udp');
  expect(likelyPreset(address('sctp', 2_905))).toBe('icmp');
  expect(likelyPreset({ kind: 'mark', family: 'ipv4', mark: 1, protocol: 'udp', vips: ['10.0.0.1'], ports: [53] })).toBe('dns');
  expect(newHealth(address('tcp', 80)).checks).toMatchObject([{ probe: { type: 'tcp' }, intervalMs: 5_000, timeoutMs: 2_000, rise: 2, fall: 2 }]);
});

test.each(presets)('%s is whole as it is offered', (preset) => {
  const parsed = HealthCheck.safeParse(newCheck(preset));
  // Which file, only a person knows.
  expect(parsed.error?.issues.map(({ path }) => path.join('.')) ?? []).toEqual(preset === 'script' ? ['probe.file'] : []);
});

test('each type has something to begin with, of that type', () => {
  expect(probeTypes.map((type) => probeOfType(type).type)).toEqual(probeTypes);
  expect(ServiceHealth.safeParse(newHealth(address('tcp', 80))).success).toBe(true);
});
