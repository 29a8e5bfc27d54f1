import { expect, it } from 'vitest';
import type { RealServerSettings, ServiceAddress } from '../../table/table.ts';
import { isOfProxied } from './proxied.ts';

const service: ServiceAddress = { kind: 'address', protocol: 'tcp', vip: '192.0.2.1', port: 80 };
const endpoint = { rip: '192.0.2.20', port: 80 };
const proxied: RealServerSettings = { method: { kind: 'proxied', source: null }, weight: 1, thresholds: { upper: 0, lower: 0 } };
const nat: RealServerSettings = { ...proxied, method: { kind: 'nat' } };

it.each<[RealServerSettings, boolean]>([[proxied, true], [nat, false]])('%j, added, changed to or removed: %s', (settings, is) => {
  const realServer = { endpoint, settings };
  expect(isOfProxied({ kind: 'addRealServer', service, realServer })).toBe(is);
  expect(isOfProxied({ kind: 'setRealServer', service, endpoint, before: nat, after: settings })).toBe(is);
  expect(isOfProxied({ kind: 'removeRealServer', service, removed: realServer })).toBe(is);
});

it('a service is of no method', () => {
  expect(isOfProxied({ kind: 'addService', service, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false } })).toBe(false);
  expect(isOfProxied({ kind: 'removeService', service, removed: { address: service, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false }, realServers: [{ endpoint, settings: proxied }] } })).toBe(false);
});
