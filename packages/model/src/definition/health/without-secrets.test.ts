// What is secret is not shown, and nothing else is changed.
import { expect, it } from 'vitest';
import { cluster, service } from '../../testing/cluster.ts';
import type { ProbeHeader } from './probe.ts';
import type { ServiceHealth } from './service-health.ts';
import { withoutSecrets } from './without-secrets.ts';

const checked = (...headers: ProbeHeader[]) => cluster({
  services: [service('dns'), service('web', {
    health: {
      checks: [{
        id: 'c', probe: { type: 'http', method: 'GET', path: '/', host: null, headers, statuses: [{ from: 200, to: 200 }], body: null, tls: null },
        port: null, source: null, intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_000, rise: 2, fall: 2,
      }, { id: 'd', probe: { type: 'tcp' }, port: null, source: null, intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_000, rise: 2, fall: 2 }],
      first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
    } satisfies ServiceHealth,
  })],
});

it('values of secret headers, and of those that always are, are hidden', () => {
  const accept = { name: 'Accept', value: '*/*', secret: false };
  const shown = withoutSecrets(checked(accept, { name: 'X-Token', value: 'a1b2', secret: true }, { name: 'Authorization', value: 'Bearer c3d4', secret: false }));
  expect(shown).toEqual(checked(accept, { name: 'X-Token', value: '•••', secret: true }, { name: 'Authorization', value: '•••', secret: false }));
});

it('a definition without secrets is the very same', () => {
  const open = checked({ name: 'Accept', value: '*/*', secret: false });
  expect(withoutSecrets(open)).toBe(open);
  expect(withoutSecrets(cluster())).toEqual(cluster());
});
