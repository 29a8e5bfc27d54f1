// Settings in words.
import type { RealServerSettings, ServiceSettings } from '@weir/model';
import { expect, test } from 'vitest';
import { methodText, realServerChanges, schedulerText, serviceChanges } from './setting-changes.ts';

const service: ServiceSettings = { scheduler: { name: 'rr' }, persistence: null, onePacket: false };
const realServer: RealServerSettings = { method: { kind: 'dr' }, weight: 100, thresholds: { upper: 0, lower: 0 } };

test('only what differs is said', () => {
  expect(serviceChanges(service, service)).toEqual([]);
  expect(serviceChanges(service, { ...service, scheduler: { name: 'sh', fallback: true, port: false } }))
    .toEqual([{ setting: 'scheduler', before: 'rr', after: 'sh (sh-fallback)' }]);
  expect(realServerChanges(realServer, { ...realServer, weight: 0 })).toEqual([{ setting: 'weight', before: '100', after: '0' }]);
});

test('each part of a setting counts', () => {
  const persistence = { timeoutSeconds: 360, prefixLength: 24, engine: null };
  expect(serviceChanges(service, { ...service, persistence, onePacket: true }).map(({ setting }) => setting)).toEqual(['persistence', 'onePacket']);
  const other: RealServerSettings = { method: { kind: 'nat' }, weight: 100, thresholds: { upper: 10, lower: 5 } };
  expect(realServerChanges(realServer, other).map(({ setting }) => setting)).toEqual(['method', 'thresholds']);
});

test('methods and flags are written in the words of the machine', () => {
  expect(methodText({ kind: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'csum' } })).toBe('tun gue:6080 csum');
  expect(methodText({ kind: 'tun', tunnel: { type: 'gre', checksum: 'none' } })).toBe('tun gre');
  expect(methodText({ kind: 'proxied', source: '10.0.0.1' })).toBe('proxied, DIP 10.0.0.1');
  expect(schedulerText({ name: 'mh', fallback: true, port: true })).toBe('mh (mh-fallback,mh-port)');
});
