import { describe, expect, it } from 'vitest';
import type { ByteKind } from '@weir/model';
import { each } from '../portion.ts';
import type { Grown, Portion } from '../portion.ts';
import { Looked } from './looked.ts';
import { Steps } from './steps.ts';

const axis = { fromMs: 0, toMs: 60_000, stepMs: 20_000 };

function portion(value: Grown, more: Partial<Portion> = {}): Portion {
  return { measuredMs: 10_000, grown: each(() => value), activeMean: 4, activeMost: 6, inactiveMean: 2, weight: null, ...more };
}
const seen = (all: bigint, measured = all): Grown => ({ all, measured });

/** Each object of a director of its own. */
function add(steps: Steps, object: number, startMs: number, byteKind: ByteKind, own: Portion): void {
  steps.add({ object, director: object }, startMs, byteKind, own);
}

function rates(steps: Steps, withBytes = true): unknown[] {
  return steps.points(withBytes).map(({ perSecond }) => perSecond.connections);
}

describe('the points of a line', () => {
  it('are rates over what was measured, and gaps where nothing was', () => {
    const steps = new Steps(axis);
    add(steps, 1, 0, 'ipBytes', portion(seen(50n)));
    add(steps, 1, 10_000, 'ipBytes', portion(seen(80n, 30n), { measuredMs: 5_000 }));
    add(steps, 1, 40_000, 'ipBytes', portion(seen(7n, 0n), { measuredMs: 0 }));
    expect(rates(steps)).toEqual([80 / 15, null, null]);
    expect(steps.points(true)[2]).toMatchObject({ t: 60_000, active: null, activeMost: null, inactive: null, weight: null });
    expect(steps.totals(true).connections).toBe('137');
  });

  it('are sums of those that measured: one that is silent takes nothing from the others', () => {
    const steps = new Steps(axis);
    for (const object of [1, 2]) add(steps, object, 0, 'ipBytes', portion(seen(100n)));
    add(steps, 1, 20_000, 'ipBytes', portion(seen(100n)));
    add(steps, 2, 20_000, 'ipBytes', portion(seen(0n), { measuredMs: 0, activeMean: 9, activeMost: 0 }));
    expect(rates(steps)).toEqual([20, 10, null]);
    expect(steps.points(true).map(({ active, activeMost }) => [active, activeMost])).toEqual([[8, 12], [4, 6], [null, null]]);
  });

  it('keep a peak, of all objects at the same time', () => {
    const steps = new Steps(axis);
    add(steps, 1, 0, 'ipBytes', portion(seen(1n), { activeMost: 10 }));
    add(steps, 2, 0, 'ipBytes', portion(seen(1n), { activeMost: 1 }));
    add(steps, 1, 10_000, 'ipBytes', portion(seen(1n), { activeMost: 2 }));
    add(steps, 2, 10_000, 'ipBytes', portion(seen(1n), { activeMost: 8 }));
    expect(steps.points(true)[0]?.activeMost).toBe(11);
  });

  it('say what nobody sees, though others see theirs', () => {
    const steps = new Steps(axis);
    add(steps, 1, 0, 'ipBytes', portion('replyBypassesDirector'));
    add(steps, 2, 0, 'ipBytes', portion(seen(5n)));
    expect(rates(steps)).toEqual(['replyBypassesDirector', null, null]);
    expect(steps.totals(true).packetsOut).toBe('replyBypassesDirector');
  });

  it('have no bytes where their kinds differ, and all else', () => {
    const steps = new Steps(axis);
    add(steps, 1, 0, 'ipBytes', portion(seen(10n)));
    add(steps, 2, 0, 'payloadBytes', portion(seen(10n)));
    expect([...steps.byteKinds]).toEqual(['ipBytes', 'payloadBytes']);
    expect(steps.points(false)[0]?.perSecond).toEqual({ connections: 2, packetsIn: 2, packetsOut: 2, bytesIn: null, bytesOut: null });
    expect(steps.totals(false)).toEqual({ connections: '20', packetsIn: '20', packetsOut: '20', bytesIn: null, bytesOut: null });
  });

  it('have the weight where all directors have the same, as it was last', () => {
    const steps = new Steps(axis);
    add(steps, 1, 0, 'ipBytes', portion(seen(1n), { weight: 1 }));
    add(steps, 1, 10_000, 'ipBytes', portion(seen(1n), { weight: 3 }));
    add(steps, 1, 20_000, 'ipBytes', portion(seen(1n), { weight: 3 }));
    add(steps, 2, 20_000, 'ipBytes', portion(seen(1n), { weight: 2 }));
    expect(steps.points(true).map(({ weight }) => weight)).toEqual([3, null, null]);
  });

  it('are over the time in which the director looked: what was not there took nothing, and lines add up to the whole', () => {
    const looked = new Looked(axis);
    const [one, other] = [new Steps(axis, looked), new Steps(axis, looked)];
    for (const startMs of [0, 10_000, 20_000]) looked.add(7, startMs, 10_000);
    one.add({ object: 1, director: 7 }, 0, 'ipBytes', portion(seen(100n)));
    one.add({ object: 1, director: 7 }, 10_000, 'ipBytes', portion(seen(100n)));
    other.add({ object: 2, director: 7 }, 10_000, 'ipBytes', portion(seen(50n), { measuredMs: 5_000 }));
    expect([rates(one), rates(other)]).toEqual([[10, 0, null], [2.5, 0, null]]);
    expect(other.points(true).map(({ active, activeMost, inactive, weight }) => [active, activeMost, inactive, weight])).toEqual([[1, 6, 0.5, null], [0, 0, 0, null], [null, null, null, null]]);
    const none = new Steps(axis, looked);
    expect([rates(none), none.totals(true, looked.any()).connections]).toEqual([[0, 0, null], '0']);
  });

  it('are unknown of what was there for a moment and measured never', () => {
    const looked = new Looked(axis);
    looked.add(7, 0, 10_000);
    const steps = new Steps(axis, looked);
    steps.add({ object: 1, director: 7 }, 0, 'ipBytes', portion(seen(5n, 0n), { measuredMs: 0 }));
    expect([rates(steps), steps.totals(true, true).connections]).toEqual([[null, null, null], '5']);
  });

  it('of nothing are unknown', () => {
    const steps = new Steps(axis);
    add(steps, 1, 90_000, 'ipBytes', portion(seen(1n)));
    add(steps, 1, -10_000, 'ipBytes', portion(seen(1n)));
    expect(rates(steps)).toEqual([null, null, null]);
    expect(steps.totals(true).connections).toBeNull();
    expect(steps.byteKinds.size).toBe(0);
  });
});
