// When targets are asked, with a clock that the test moves.
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../testing/manual-clock.ts';
import { Scheduler } from './scheduler.ts';
import type { Rhythm } from './scheduler.ts';

interface Asked {
  readonly key: string;
  readonly atMs: number;
}

interface Bench {
  readonly clock: ManualClock;
  readonly asked: Asked[];
  readonly scheduler: Scheduler<Rhythm>;
  readonly changing: Set<string>;
  /** Targets whose tries do not end. */
  readonly hanging: Set<string>;
  readonly move: (ms: number) => Promise<void>;
}

function bench({ mostAtOnce = 1_000, random = (): number => 0.5 } = {}): Bench {
  const clock = new ManualClock(1_000_000);
  const asked: Asked[] = [];
  const [changing, hanging] = [new Set<string>(), new Set<string>()];
  const scheduler = new Scheduler<Rhythm>({
    clock, random, mostAtOnce, isChanging: ({ key }) => changing.has(key),
    ask: ({ key }) => {
      asked.push({ key, atMs: clock.nowMs() - 1_000_000 });
      return hanging.has(key) ? new Promise(() => undefined) : Promise.resolve();
    },
  });
  return {
    clock, asked, scheduler, changing, hanging,
    move: async (ms) => {
      for (let moved = 0; moved < ms; moved += 10) {
        clock.advance(10);
        // A try that is over arms the next one a few turns later.
        for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
      }
    },
  };
}

function targets(count: number, changes: Partial<Rhythm> = {}): Rhythm[] {
  return Array.from({ length: count }, (_, n) => ({ key: `10.0.${n >> 8}.${n & 255}:80`, intervalMs: 1_000, changingIntervalMs: null, ...changes }));
}

describe('targets', () => {
  it('are asked once an interval each, and spread over it without a burst', async () => {
    const { asked, scheduler, move } = bench();
    scheduler.set(targets(1_000));
    await move(1_000);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1_000);
    const perTenth = Array.from({ length: 10 }, (_, tenth) => asked.filter(({ atMs }) => atMs > tenth * 100 && atMs <= tenth * 100 + 100).length);
    expect(Math.min(...perTenth)).toBeGreaterThan(60);
    expect(Math.max(...perTenth)).toBeLessThan(140);
  });

  it('are asked at the same place of the interval after each start', async () => {
    const [one, two] = [bench(), bench()];
    one.scheduler.set(targets(5));
    two.scheduler.set(targets(5).toReversed());
    await Promise.all([one.move(1_000), two.move(1_000)]);
    expect(one.asked).toEqual(two.asked);
  });

  it('are asked more often while what they say does not agree with what is held', async () => {
    const { asked, scheduler, changing, move } = bench();
    changing.add('10.0.0.0:80');
    scheduler.set(targets(2, { changingIntervalMs: 200 }));
    await move(2_000);
    const timesOf = (key: string): number => asked.filter((one) => one.key === key).length;
    expect(timesOf('10.0.0.0:80')).toBeGreaterThanOrEqual(9);
    expect(timesOf('10.0.0.1:80')).toBe(2);
  });

  it('move apart by a jitter that is bounded', async () => {
    const { asked, scheduler, move } = bench({ random: () => 1 });
    scheduler.set(targets(1));
    await move(5_000);
    const gaps = asked.slice(1).map(({ atMs }, n) => atMs - (asked[n]?.atMs ?? 0));
    expect(gaps.every((gap) => gap >= 1_000 && gap <= 1_060)).toBe(true);
  });

  it('that are taken away are asked no more, and those that stay keep their rhythm', async () => {
    const { asked, scheduler, move } = bench();
    const [stays, goes] = targets(2);
    if (stays === undefined || goes === undefined) throw new Error('two targets');
    scheduler.set([stays, goes]);
    await move(1_000);
    scheduler.set([{ ...stays }]);
    await move(1_000);
    expect(asked.filter(({ key }) => key === goes.key)).toHaveLength(1);
    const [first, second] = asked.filter(({ key }) => key === stays.key);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBe(1_000);
    scheduler.stop();
    await move(2_000);
    expect(asked).toHaveLength(3);
  });
});

describe('a target that hangs', () => {
  it('delays no other', async () => {
    const { asked, scheduler, hanging, move } = bench();
    hanging.add('10.0.0.0:80');
    scheduler.set(targets(20));
    await move(3_000);
    expect(asked.filter(({ key }) => key === '10.0.0.0:80')).toHaveLength(1);
    expect(asked.filter(({ key }) => key !== '10.0.0.0:80').length).toBe(57);
    expect(scheduler.lateness).toEqual({ targets: 0, worstMs: 0 });
  });

  it('is late with all others where there are more of them than may be asked at once, and that is measured', async () => {
    const { asked, scheduler, hanging, move } = bench({ mostAtOnce: 2 });
    for (const { key } of targets(2)) hanging.add(key);
    scheduler.set(targets(2));
    await move(1_000);
    scheduler.set(targets(5));
    await move(4_000);
    expect(asked).toHaveLength(2);
    const { targets: late, worstMs } = scheduler.lateness;
    expect(late).toBe(3);
    expect(worstMs).toBeGreaterThan(2_900);
  });
});
