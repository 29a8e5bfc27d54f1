// Health without its agent: by a clock that the test moves, and answers that it gives.
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

function held(revision: number, port: number, slowStartSeconds = 0): Parameters<Health['accept']>[0] {
  const bare = cluster({ vip: '127.0.8.200', realServers: ['127.0.8.20'], weights: [1] });
  const definition: ClusterDefinition = {
    ...bare,
    services: bare.services.map((service) => ({
      ...service,
      health: {
        checks: [{ id: 'tcp', probe: { type: 'tcp' }, port, source: null, intervalMs: 1_000, changingIntervalMs: null, timeoutMs: 500, rise: 1, fall: 1 }],
        first: 'up', whenDown: 'weightZero', slowStartSeconds, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
      },
    })),
  };
  return [{ clusterId: 'web', revision, digest: '0'.repeat(64), acceptedAtMs: 0, directorId: DIRECTOR, definition }];
}

interface Bench {
  readonly health: Health;
  readonly clock: ManualClock;
  readonly asked: Asked[];
  readonly sampled: number[];
  readonly move: (ms: number) => Promise<void>;
}

async function bench(): Promise<Bench> {
  const clock = new ManualClock(1_000_000);
  const [asked, sampled]: [Asked[], number[]] = [[], []];
  const parts: HealthParts = {
    clock, random: () => 0.5, log: pino({ level: 'silent' }), orders: () => [], changed: () => undefined,
    probes: {
      supported: ['tcp'], scripts: () => Promise.resolve([]), close: () => Promise.resolve(),
      run: (_, { port }) => new Promise((answer) => { asked.push({ port, answer }); }),
    },
    forwarder: { capabilities: { thresholds: false }, sample: () => Promise.resolve({ services: [], takenAtMs: sampled.push(clock.nowMs()) }) } as unknown as HealthParts['forwarder'],
    file: { path: '', read: () => Promise.resolve(null), write: () => Promise.resolve(), remove: () => Promise.resolve() },
    bringAbout: async (begin) => void await begin(),
  };
  return {
    health: await Health.load(parts), clock, asked, sampled,
    move: async (ms) => {
      for (let moved = 0; moved < ms; moved += 10) {
        clock.advance(10);
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      }
    },
  };
}

it('decides nothing where the check under the same id asks elsewhere by then', async () => {
  const { health, clock, asked, move } = await bench();
  health.accept(held(1, 81));
  health.start();
  clock.advance(1_000);
  expect(asked.map(({ port }) => port)).toEqual([81]);
  health.accept(held(2, 82));
  asked[0]?.answer(refused);
  await move(100);
  expect(health.evidence(place).checks).toMatchObject([{ checkId: 'tcp', standing: 'unknown', failed: 0, tries: [] }]);
  health.stop();
});

it('is of use to whoever asks the very same by then', async () => {
  const { health, clock, asked, move } = await bench();
  health.accept(held(1, 81));
  health.start();
  clock.advance(1_000);
  health.accept(held(2, 81));
  asked[0]?.answer(refused);
  await move(100);
  expect(health.evidence(place).checks).toMatchObject([{ checkId: 'tcp', standing: 'down', failed: 1, tries: [{}] }]);
  health.stop();
});

it('counts connections for a slow start no more than once a second, however much is heard', async () => {
  const { health, asked, sampled, move } = await bench();
  health.accept(held(1, 81, 20));
  health.start();
  for (let second = 0; second < 10; second += 1) {
    await move(1_000);
    for (const { answer } of asked.splice(0)) answer(refused);
    for (let moved = 0; moved < 10; moved += 1) {
      health.soon();
      await move(100);
    }
  }
  expect(sampled.length).toBeGreaterThan(5);
  expect(sampled.every((atMs, n) => atMs - (sampled[n - 1] ?? 0) >= 1_000)).toBe(true);
  health.stop();
});
