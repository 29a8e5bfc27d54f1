import { describe, expect, it } from 'vitest';
import { deciding } from '../effective/override.ts';
import { Override } from '../effective/override.ts';
import { replaced } from '../testing/replaced.ts';
import { Drain, drainOverrides, isLate, isOverrideOf } from './drain.ts';
import type { DrainState } from './drain.ts';

const drain: Drain = {
  id: 'd-1', targets: [{ clusterId: 'c', serviceId: 's', realServerId: 'r' }, { clusterId: 'c', serviceId: 't', realServerId: 'r' }],
  author: 'ada', reason: 'reboot', startedAtMs: 100, deadlineMs: 200, atDeadline: 'wait',
};

describe('a drain', () => {
  it('is read as it is', () => expect(Drain.parse(drain)).toEqual(drain));

  it.each<[string, unknown]>([
    ['id', 'x'.repeat(57)], ['id', 'a b'], ['targets', []], ['targets', Array.from({ length: 201 }, () => drain.targets[0])], ['author', ''], ['deadlineMs', 100], ['deadlineMs', 99],
    ['deadlineMs', 1.5], ['atDeadline', 'cut'], ['atDeadline', undefined], ['reason', 'x'.repeat(2_001)], ['urgent', true],
  ])('is refused with %s %j', (field, value) => expect(Drain.safeParse(replaced(drain, [field], value)).success).toBe(false));

  it('is an override of each target, of one cause, until somebody ends it', () => {
    const made = drainOverrides(drain, 'quiesce');
    expect(made.map((override) => Override.parse(override))).toEqual(made);
    expect(made).toMatchObject([{ id: 'd-1-0', cause: 'drain', effect: { kind: 'weight', weight: 0 }, startsAtMs: 100, endsAtMs: null, target: { serviceId: 's' } }, { id: 'd-1-1', target: { serviceId: 't' } }]);
    expect(drainOverrides(drain, 'remove').map(({ id, effect }) => [id, effect.kind])).toEqual([['d-1-0', 'remove'], ['d-1-1', 'remove']]);
  });

  it('knows its overrides by their ids', () => {
    const made = drainOverrides(drain, 'quiesce');
    expect(made.every((override) => isOverrideOf('d-1', override))).toBe(true);
    expect([isOverrideOf('d', { id: 'd-1-0', cause: 'drain' }), isOverrideOf('d-1', { id: 'd-1', cause: 'drain' }), isOverrideOf('d-1', { id: 'd-1-0', cause: 'manual' })]).toEqual([false, false, false]);
  });

  it('has overrides whose longest id is one', () => {
    const longest = { ...drain, id: 'x'.repeat(56), targets: Array.from({ length: 200 }, () => ({ clusterId: 'c', serviceId: 's', realServerId: 'r' })) };
    expect(drainOverrides(longest, 'quiesce').every((override) => Override.safeParse(override).success)).toBe(true);
  });

  it('stands before a weight by hand and what health says, and behind maintenance', () => {
    const [override] = drainOverrides(drain, 'quiesce');
    if (override === undefined) throw new Error('none');
    const other = (cause: Override['cause']): Override => ({ ...override, id: cause, cause, effect: { kind: 'weight', weight: 9 } });
    expect((['manual', 'health', 'slowStart', 'maintenance'] as const).map((cause) => deciding([override, other(cause)], 100)?.cause)).toEqual(['drain', 'drain', 'drain', 'maintenance']);
  });

  it.each<[string, Partial<DrainState>, Partial<Drain>, number, boolean]>([
    ['not before its deadline', {}, {}, 199, false], ['at its deadline', {}, {}, 200, true], ['not without one', {}, { deadlineMs: null }, 900, false],
    ['not where it is taken out then', {}, { atDeadline: 'remove' }, 900, false], ['not when it is done', { phase: 'done' }, {}, 900, false],
  ])('is late: %s', (_, state, changes, nowMs, late) => {
    expect(isLate({ drain: { ...drain, ...changes }, phase: 'draining', sinceMs: 100, evidence: null, estimate: null, ...state }, nowMs)).toBe(late);
  });
});
