// An answer to what was asked before a change says nothing of what is asked after it.
import type { ClusterDefinition } from '@weir/model';
import pino from 'pino';
import { expect, it } from 'vitest';
import { cluster } from '../testing/cluster.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { DIRECTOR } from '../testing/test-panel.ts';
import { Health } from './health.ts';
import type { HealthParts } from './health.ts';
import type { Answer } from './probes/probes.ts';

interface Asked {
  readonly port: number;
  readonly answer: (answer: Answer) => void;
}

const refused: Answer = { sent: null, expected: null, received: null, certificateEndsAtMs: null, result: { kind: 'failed', failure: 'refused', detail: null } };
const place = { clusterId: 'web', serviceId: 'web', realServerId: 'rs-0' };

function held(revision: number, port: number): Parameters<Health['accept']>[0] {
  const bare = cluster({ vip: '127.0.8.200', realServers: ['127.0.8.20'], weights: [1] });
  const definition: ClusterDefinition = {
    ...bare,
    services: bare.services.map((service) => ({
      ...service,
      health: {
        checks: [{ id: 'tcp', probe: { type: 'tcp' }, port, source: null, intervalMs: 1_000, changingIntervalMs: null, timeoutMs: 500, rise: 1, fall: 1 }],
        first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
      },
    })),
  };
  return [{ clusterId: 'web', revision, digest: '0'.repeat(64), acceptedAtMs: 0, directorId: DIRECTOR, definition }];
}

async function bench(): Promise<{ readonly health: Health; readonly clock: ManualClock; readonly asked: Asked[] }> {
  const clock = new ManualClock(1_000_000);
  const asked: Asked[] = [];
  const parts: HealthParts = {
    clock, random: () => 0.5, log: pino({ level: 'silent' }), orders: () => [], changed: () => undefined,
    probes: {
      supported: ['tcp'], scripts: () => Promise.resolve([]), close: () => Promise.resolve(),
      run: (_, { port }) => new Promise((answer) => { asked.push({ port, answer }); }),
    },
    forwarder: { capabilities: { thresholds: false }, sample: () => Promise.reject(new Error('nobody asks for it')) } as unknown as HealthParts['forwarder'],
    file: { path: '', read: () => Promise.resolve(null), write: () => Promise.resolve(), remove: () => Promise.resolve() },
    bringAbout: async (begin) => void await begin(),
  };
  return { health: await Health.load(parts), clock, asked };
}

it('decides nothing where the check under the same id asks elsewhere by then', async () => {
  const { health, clock, asked } = await bench();
  health.accept(held(1, 81));
  health.start();
  clock.advance(1_000);
  expect(asked.map(({ port }) => port)).toEqual([81]);
  health.accept(held(2, 82));
  asked[0]?.answer(refused);
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  clock.advance(100);
  expect(health.evidence(place).checks).toMatchObject([{ checkId: 'tcp', standing: 'unknown', failed: 0, tries: [] }]);
  health.stop();
});

it('is of use to whoever asks the very same by then', async () => {
  const { health, clock, asked } = await bench();
  health.accept(held(1, 81));
  health.start();
  clock.advance(1_000);
  health.accept(held(2, 81));
  asked[0]?.answer(refused);
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  clock.advance(100);
  expect(health.evidence(place).checks).toMatchObject([{ checkId: 'tcp', standing: 'down', failed: 1, tries: [{}] }]);
  health.stop();
});
