// What is secret is not shown, and nothing else is changed.
import { expect, it } from 'vitest';
import type { Try } from '../../health/try.ts';
import { cluster, service } from '../../testing/definitions/cluster.ts';
import type { Probe, ProbeHeader } from './probe.ts';
import type { ServiceHealth } from './service-health.ts';
import { withoutSecrets, withoutSent } from './without-secrets.ts';

const checking = (probe: Probe) => cluster({
  services: [service('dns'), service('web', {
    health: {
      checks: [{
        id: 'c', probe, port: null, source: null, intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_000, rise: 2, fall: 2,
      }, { id: 'd', probe: { type: 'tcp' }, port: null, source: null, intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_000, rise: 2, fall: 2 }],
      first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
    } satisfies ServiceHealth,
  })],
});

const checked = (...headers: ProbeHeader[]) => checking({
  type: 'http', method: 'GET', path: '/', host: null, headers, statuses: [{ from: 200, to: 200 }], body: null, tls: null,
});

it('values of secret headers, and of those that always are, are hidden', () => {
  const accept = { name: 'Accept', value: '*/*', secret: false };
  const shown = withoutSecrets(checked(accept, { name: 'X-Token', value: 'a1b2', secret: true }, { name: 'Authorization', value: 'Bearer c3d4', secret: false }));
  expect(shown).toEqual(checked(accept, { name: 'X-Token', value: '•••', secret: true }, { name: 'Authorization', value: '•••', secret: false }));
});

it.each<[what: string, probe: Probe, shown: Probe]>([
  ['sent as it is', { type: 'exchange', transport: 'tcp', send: 'AUTH s3cret\\r\\nPING\\r\\n', expect: null }, { type: 'exchange', transport: 'tcp', send: '•••', expect: null }],
  ['told to a script', { type: 'script', file: 'db', arguments: ['-p', 's3cret'] }, { type: 'script', file: 'db', arguments: ['•••', '•••'] }],
])('what is %s is hidden', (_, probe, shown) => expect(withoutSecrets(checking(probe))).toEqual(checking(shown)));

it('of a try what was sent is hidden, and that nothing was is not', () => {
  const given: Try = { checkId: 'c', startedAtMs: 1, tookMs: 2, sent: 'AUTH s3cret', expected: 'PONG', received: 'PONG', certificateEndsAtMs: null, result: { kind: 'good', weightPercent: null } };
  expect(withoutSent(given)).toEqual({ ...given, sent: '•••' });
  expect(withoutSent({ ...given, sent: null })).toEqual({ ...given, sent: null });
});

it('a definition without secrets is the very same', () => {
  const open = checked({ name: 'Accept', value: '*/*', secret: false });
  expect(withoutSecrets(open)).toBe(open);
  expect(withoutSecrets(cluster())).toEqual(cluster());
});
