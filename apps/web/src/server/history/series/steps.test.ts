import { describe, expect, it } from 'vitest';
import { each } from '../portion.ts';
import type { Grown, Portion } from '../portion.ts';
import { Steps } from './steps.ts';

const axis = { fromMs: 0, toMs: 60_000, stepMs: 20_000 };

function portion(value: Grown, more: Partial<Portion> = {}): Portion {
  return { measuredMs: 10_000, grown: each(() => value), activeMean: 4, activeMost: 6, inactiveMean: 2, weight: null, ...more };
}
const seen = (all: bigint, measured = all): Grown => ({ all, measured });

function rates(steps: Steps, withBytes = true): unknown[] {
  return steps.points(withBytes).map(({ perSecond }) => perSecond.connections);
}

describe('the points of a line', () => {
  it('are rates over what was measured, and gaps where nothing was', () => {
    const steps = new Steps(axis);
    steps.add(1, 0, 'ipBytes', portion(seen(50n)));
    steps.add(1, 10_000, 'ipBytes', portion(seen(80n, 30n), { measuredMs: 5_000 }));
    steps.add(1, 40_000, 'ipBytes', portion(seen(7n, 0n), { measuredMs: 0 }));
    expect(rates(steps)).toEqual([80 / 15, null, null]);
    expect(steps.points(true)[2]).toMatchObject({ t: 60_000, active: null, activeMost: null, inactive: null, weight: null });
    expect(steps.totals(true).connections).toBe('137');
  });

  it('are sums of those that measured: one that is silent takes nothing from the others', () => {
    const steps = new Steps(axis);
    for (const object of [1, 2]) steps.add(object, 0, 'ipBytes', portion(seen(100n)));
    steps.add(1, 20_000, 'ipBytes', portion(seen(100n)));
    steps.add(2, 20_000, 'ipBytes', portion(seen(0n), { measuredMs: 0, activeMean: 9, activeMost: 0 }));
    expect(rates(steps)).toEqual([20, 10, null]);
    expect(steps.points(true).map(({ active, activeMost }) => [active, activeMost])).toEqual([[8, 12], [4, 6], [null, null]]);
  });

  it('keep a peak, of all objects at the same time', () => {
    const steps = new Steps(axis);
    steps.add(1, 0, 'ipBytes', portion(seen(1n), { activeMost: 10 }));
    steps.add(2, 0, 'ipBytes', portion(seen(1n), { activeMost: 1 }));
    steps.add(1, 10_000, 'ipBytes', portion(seen(1n), { activeMost: 2 }));
    steps.add(2, 10_000, 'ipBytes', portion(seen(1n), { activeMost: 8 }));
    expect(steps.points(true)[0]?.activeMost).toBe(11);
  });

  it('say what nobody sees, though others see theirs', () => {
    const steps = new Steps(axis);
    steps.add(1, 0, 'ipBytes', portion('replyBypassesDirector'));
    steps.add(2, 0, 'ipBytes', portion(seen(5n)));
    expect(rates(steps)).toEqual(['replyBypassesDirector', null, null]);
    expect(steps.totals(true).packetsOut).toBe('replyBypassesDirector');
  });

  it('have no bytes where their kinds differ, and all else', () => {
    const steps = new Steps(axis);
    steps.add(1, 0, 'ipBytes', portion(seen(10n)));
    steps.add(2, 0, 'payloadBytes', portion(seen(10n)));
    expect([...steps.byteKinds]).toEqual(['ipBytes', 'payloadBytes']);
    expect(steps.points(false)[0]?.perSecond).toEqual({ connections: 2, packetsIn: 2, packetsOut: 2, bytesIn: null, bytesOut: null });
    expect(steps.totals(false)).toEqual({ connections: '20', packetsIn: '20', packetsOut: '20', bytesIn: null, bytesOut: null });
  });

  it('have the weight where all directors have the same, as it was last', () => {
    const steps = new Steps(axis);
    steps.add(1, 0, 'ipBytes', portion(seen(1n), { weight: 1 }));
    steps.add(1, 10_000, 'ipBytes', portion(seen(1n), { weight: 3 }));
    steps.add(1, 20_000, 'ipBytes', portion(seen(1n), { weight: 3 }));
    steps.add(2, 20_000, 'ipBytes', portion(seen(1n), { weight: 2 }));
    expect(steps.points(true).map(({ weight }) => weight)).toEqual([3, null, null]);
  });

  it('of nothing are unknown', () => {
    const steps = new Steps(axis);
    steps.add(1, 90_000, 'ipBytes', portion(seen(1n)));
    steps.add(1, -10_000, 'ipBytes', portion(seen(1n)));
    expect(rates(steps)).toEqual([null, null, null]);
    expect(steps.totals(true).connections).toBeNull();
    expect(steps.byteKinds.size).toBe(0);
  });
});
