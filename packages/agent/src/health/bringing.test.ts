import type { Override } from '@weir/model';
import pino from 'pino';
import { expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { Bringing } from './bringing.ts';
import type { HealthFile } from './holding/health-file.ts';

function zero(realServerId: string): Override {
  return {
    id: realServerId, target: { clusterId: 'c', serviceId: 's', realServerId }, cause: 'health', effect: { kind: 'weight', weight: 0 },
    author: 'health', reason: '', startsAtMs: 0, endsAtMs: null,
  };
}

interface Bench {
  readonly bringing: Bringing;
  readonly touched: string[][];
  readonly written: HealthFile[];
  readonly ask: (wanted: readonly Override[]) => Promise<void>;
}

function bench(left: HealthFile['changing'] = []): Bench {
  let wanted: readonly Override[] = [];
  const [touched, written]: [string[][], HealthFile[]] = [[], []];
  const bringing = new Bringing({
    clock: new ManualClock(1_000), log: pino({ level: 'silent' }), wanted: () => wanted, decisions: () => [],
    file: { path: '', read: () => Promise.resolve(null), remove: () => Promise.resolve(), write: (file) => Promise.resolve(void written.push(file)) },
    bringAbout: async (begin) => void touched.push((await begin()).touched.map(({ target }) => target.realServerId)),
  }, left);
  return {
    bringing, touched, written,
    ask: async (next) => {
      wanted = next;
      bringing.begin();
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    },
  };
}

it('brings about what is new, and leaves the rest as it is', async () => {
  const { ask, touched } = bench();
  const [a, b] = [zero('a'), zero('b')];
  await ask([]);
  await ask([a]);
  await ask([a, b]);
  await ask([b]);
  expect(touched).toEqual([['a'], ['b'], ['a']]);
});

it('leaves to the next agent all that stood otherwise than defined, also what was changed long before', async () => {
  const before = bench();
  const [a, b] = [zero('a'), zero('b')];
  await before.ask([a]);
  await before.ask([a, b]);
  // It decides anew, and asks for nothing of a: what the one before did is undone all the same.
  const after = bench(before.written.at(-1)?.changing);
  await after.ask([b]);
  expect(new Set(after.touched[0])).toEqual(new Set(['a', 'b']));
  expect(after.touched).toHaveLength(1);
});
