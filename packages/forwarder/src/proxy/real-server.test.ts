import type { RealServerSettings } from '@weir/model';
import { expect, test } from 'vitest';
import { ProxyRealServer } from './real-server.ts';

function settings(weight: number): RealServerSettings {
  return { method: { kind: 'proxied', source: null }, weight, thresholds: { upper: 0, lower: 0 } };
}

test('a real server that is quiesced keeps the weight that it had, for mh', () => {
  const realServer = new ProxyRealServer({ endpoint: { rip: '127.0.0.1', port: 80 }, settings: settings(0) });
  const last = [5, 0, 0, 7, 0].map((weight) => {
    realServer.set(settings(weight));
    return [realServer.weight, realServer.lastWeight];
  });
  expect(last).toEqual([[5, 5], [0, 5], [0, 5], [7, 7], [0, 7]]);
});
