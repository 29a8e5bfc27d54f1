import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HealthCheck, ServiceHealth } from '../../definition/health/service-health.ts';
import { healthOf } from '../../testing/health-tale.ts';
import { isChanging } from './check-state.ts';
import type { TryResult } from '../try.ts';
import { afterTryOf, countsAsUp, dampedUntilMs, settled, startVerdict, weightPercentOf, withChecks } from './verdict.ts';
import type { Silent, Verdict } from './verdict.ts';

const good: TryResult = { kind: 'good', weightPercent: null };
const refused: TryResult = { kind: 'failed', failure: 'refused', detail: null };
const notAsked: TryResult = { kind: 'failed', failure: 'scriptMissing', detail: null };
const percent = (weightPercent: number): TryResult => ({ kind: 'good', weightPercent });

function twoChecks(text: string): ServiceHealth {
  const health = healthOf(text);
  return { ...health, checks: health.checks.flatMap((check) => [{ ...check, id: 'one' }, { ...check, id: 'two' }]) };
}

function checkOf({ checks }: ServiceHealth, id: string): HealthCheck {
  const found = checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
}

/** Each try a second after the one before. */
function play(health: ServiceHealth, tries: readonly (readonly [id: string, result: TryResult])[], start: Verdict = startVerdict(health, 0), silent: Silent | null = null): Verdict {
  return tries.reduce((verdict, [id, result], n) => settled(afterTryOf(verdict, checkOf(health, id), result, (n + 1) * 1_000), health, silent, (n + 1) * 1_000), start);
}

const changing = (tries: [string, TryResult][]): boolean => play(healthOf('rise 2, fall 2'), tries).checks.some(isChanging);
/** Good and refused in turn. */
const flap = (n: number): [string, TryResult][] => Array.from({ length: n }, (_, i) => ['check', i % 2 === 0 ? good : refused]);

describe('a verdict', () => {
  const health = twoChecks('rise 2, fall 2');

  it.each<[what: string, tries: [string, TryResult][], standing: Verdict['standing'], code: string]>([
    ['is unknown before any try', [], 'unknown', 'first'],
    ['is unknown while one check is', [['one', good], ['one', good]], 'unknown', 'first'],
    ['is up when all checks are', [['one', good], ['one', good], ['two', good], ['two', good]], 'up', 'rose'],
    ['is down when one check is, whatever the other says', [['one', good], ['one', good], ['two', refused], ['two', refused]], 'down', 'fell'],
    ['is not changed by one failed try', [['one', good], ['one', good], ['two', good], ['two', good], ['two', refused]], 'up', 'rose'],
    ['counts tries in a row alone', [['one', refused], ['one', good], ['one', refused], ['one', good]], 'unknown', 'first'],
    ['learns nothing from what was not asked', [['one', notAsked], ['one', notAsked], ['one', notAsked]], 'unknown', 'first'],
    ['has its row unbroken by what was not asked', [['one', refused], ['one', notAsked], ['one', refused]], 'down', 'fell'],
  ])('%s', (_, tries, standing, code) => expect(play(health, tries)).toMatchObject({ standing, rule: { code } }));

  it('names the check that decided, how often it failed, why and since when', () => {
    expect(play(health, [['two', refused], ['two', refused], ['two', refused]]).rule).toEqual({ code: 'fell', params: { check: 'two', fall: 2, failure: 'refused' }, sinceMs: 2_000 });
    expect(play(health, [['one', good], ['two', good], ['two', good], ['one', good]]).rule).toEqual({ code: 'rose', params: { check: 'one', rise: 2 }, sinceMs: 4_000 });
  });

  it('counts as its service says until it is decided, and as before where that is known', () => {
    expect(countsAsUp(startVerdict(healthOf('first up'), 0))).toBe(true);
    expect(countsAsUp(startVerdict(healthOf('first down'), 0))).toBe(false);
    expect(startVerdict(healthOf('first up'), 0, 'down')).toMatchObject({ assumed: 'down', rule: { code: 'before', params: { as: 'down' } } });
  });

  it('came back only if it had counted as down', () => {
    const up = [['check', good]] as const;
    expect(play(healthOf('first up'), up).cameBackMs).toBeNull();
    expect(play(healthOf('first down'), up).cameBackMs).toBe(1_000);
    expect(play(healthOf(''), [['check', good], ['check', refused], ['check', good]]).cameBackMs).toBe(3_000);
  });

  it('asks for the least of what its checks ask for, and for nothing of its own where none says', () => {
    expect(weightPercentOf(play(health, [['one', percent(50)], ['two', percent(30)]]))).toBe(30);
    expect(weightPercentOf(play(health, [['one', percent(0)], ['two', good]]))).toBe(0);
    expect(weightPercentOf(play(health, [['one', percent(50)], ['one', good]]))).toBeNull();
    expect(weightPercentOf(play(health, [['one', percent(50)], ['one', refused]]))).toBe(50);
  });

  it('is asked faster while the last tries do not agree with it', () => {
    expect([[], [['check', good]], [['check', good], ['check', good]], [['check', good], ['check', good], ['check', refused]], [['check', refused], ['check', refused]],
      [['check', refused], ['check', refused], ['check', good]]].map((tries) => changing(tries as [string, TryResult][]))).toEqual([true, true, false, true, false, true]);
  });

  it('stays when its service gets another check, until that one decides', () => {
    const one = healthOf('fall 2');
    const two = { ...one, checks: [...one.checks, { ...checkOf(one, 'check'), id: 'new' }] };
    const more = withChecks(play(one, [['check', good]]), two.checks, new Set(), 2_000);
    expect(settled(more, two, null, 2_000)).toMatchObject({ standing: 'up', sinceMs: 1_000 });
    expect(play(two, [['new', refused], ['new', refused]], more).standing).toBe('down');
  });

  it('is up again when the check that failed is taken away', () => {
    const down = play(health, [['one', good], ['one', good], ['two', refused], ['two', refused]]);
    const less = { ...health, checks: [checkOf(health, 'one')] };
    expect(settled(withChecks(down, less.checks, new Set(), 9_000), less, null, 9_000)).toMatchObject({ standing: 'up', cameBackMs: 9_000 });
  });

  it('is never decided by checks of which none can ask it', () => {
    const none = { ...health, checks: [] };
    expect(settled(startVerdict(none, 0), none, null, 1_000)).toMatchObject({ standing: 'unknown', rule: { code: 'first' } });
  });

  it('forgets what a check said that asks something else now', () => {
    const down = play(healthOf(''), [['check', refused]]);
    const changed = settled(withChecks(down, healthOf('').checks, new Set(['check']), 2_000), healthOf(''), null, 2_000);
    expect(changed).toMatchObject({ standing: 'down', checks: [{ standing: 'unknown', failed: 0 }] });
  });
});

describe('silence', () => {
  const silent: TryResult = { kind: 'failed', failure: 'timeout', detail: null };
  const braked: Silent = { sinceMs: 1_000, braked: { sinceMs: 900, silent: 5, good: 8 } };
  const health = healthOf('');

  it('of much takes nothing out, and says so', () => {
    const up = play(health, [['check', good]]);
    expect(play(health, [['check', silent]], up, braked)).toMatchObject({ standing: 'up', rule: { code: 'braked', params: { silent: 5, good: 8 }, sinceMs: 900 } });
    expect(play(health, [['check', silent]], up, { ...braked, braked: null }).standing).toBe('down');
  });

  it('that ends for others leaves who was not heard yet up, until it was asked anew', () => {
    const fall2 = healthOf('fall 2');
    const up = play(fall2, [['check', good], ['check', silent], ['check', silent]], undefined, braked);
    expect(up).toMatchObject({ standing: 'up', rule: { code: 'braked' } });
    const left = settled(up, fall2, { ...braked, braked: null }, 5_000);
    expect(left).toMatchObject({ standing: 'up', rule: { code: 'before' }, checks: [{ standing: 'unknown' }] });
    expect(play(fall2, [['check', silent]], left, { ...braked, braked: null }).standing).toBe('up');
    expect(play(fall2, [['check', silent], ['check', silent]], left, { ...braked, braked: null })).toMatchObject({ standing: 'down', rule: { code: 'fell' } });
    expect(play(fall2, [['check', good]], left)).toMatchObject({ standing: 'up', rule: { code: 'rose' }, cameBackMs: null });
  });

  it('of much brings nothing back that was down before', () => {
    const down = { ...play(health, [['check', refused]]), sinceMs: 500 };
    expect(play(health, [['check', silent]], down, braked).standing).toBe('down');
  });

  it('of much takes nothing in that counts as down', () => {
    expect(countsAsUp(play(healthOf('first down'), [['check', silent]], undefined, braked))).toBe(false);
    expect(countsAsUp(play(healthOf('first up'), [['check', silent]], undefined, braked))).toBe(true);
  });

  it('that is over is no change: no flapping, no slow start', () => {
    const flaps = healthOf('flapping 2 in 600 s held 600 s');
    const up = settled(afterTryOf(play(flaps, [['check', good]]), checkOf(flaps, 'check'), silent, 1_500), flaps, braked, 1_500);
    const back = settled(afterTryOf(up, checkOf(flaps, 'check'), good, 2_000), flaps, null, 2_000);
    expect(back).toMatchObject({ standing: 'up', rule: { code: 'rose' }, changesMs: [], cameBackMs: null });
  });
});

describe('flapping', () => {
  const health = healthOf('flapping 3 in 10 s held 5 s');

  it('holds it down at the third change, and says so', () => {
    expect([2, 3, 4, 5, 6].map((n) => play(health, flap(n)).standing)).toEqual(['down', 'up', 'down', 'down', 'down']);
    expect(play(health, flap(4)).rule).toEqual({ code: 'damped', params: { changes: 3, withinSeconds: 10, holdSeconds: 5 }, sinceMs: 4_000 });
  });

  it('ends when every try was good for long enough, by the clock alone', () => {
    const held = play(health, flap(5));
    expect(dampedUntilMs(held, health)).toBe(10_000);
    expect(settled(held, health, null, 9_999).standing).toBe('down');
    expect(settled(held, health, null, 10_000)).toMatchObject({ standing: 'up', damped: false, changesMs: [], cameBackMs: 10_000 });
  });

  it('ends, and counts for nothing, where the clock was set back behind it', () => {
    const held = play(health, flap(5));
    expect(settled(held, health, null, 5_500).standing).toBe('down');
    expect(settled(held, health, null, 1_000)).toMatchObject({ standing: 'up', damped: false, changesMs: [] });
    const changed = play(health, flap(3));
    expect(settled(afterTryOf(changed, checkOf(health, 'check'), refused, 0), health, null, 0)).toMatchObject({ standing: 'down', damped: false, changesMs: [0] });
  });

  it('ends at once when nobody looks for it any more', () => {
    expect(settled(play(health, flap(5)), { ...health, flapping: null }, null, 6_000).standing).toBe('up');
  });

  it('does not look further back than it says', () => {
    const slow = flap(9).map(([id, result], n) => [id, result, (n + 1) * 6_000] as const);
    const end = slow.reduce((verdict, [id, result, atMs]) => settled(afterTryOf(verdict, checkOf(health, id), result, atMs), health, null, atMs), startVerdict(health, 0));
    expect(end).toMatchObject({ standing: 'up', damped: false });
    expect(end.changesMs.length).toBeLessThan(3);
  });
});

describe('a verdict over any tries', () => {
  const result = fc.constantFrom(good, refused, notAsked);

  it('is what the last rise or fall in a row of tries that were asked made it', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.array(result, { maxLength: 30 }), (rise, fall, results) => {
      const health = healthOf(`rise ${rise}, fall ${fall}`);
      const word = results.filter((one) => one !== notAsked).map((one) => (one === good ? 'g' : 'f')).join('');
      const [up, down] = [word.lastIndexOf('g'.repeat(rise)), word.lastIndexOf('f'.repeat(fall))];
      const expected = up === -1 && down === -1 ? 'unknown' : up > down ? 'up' : 'down';
      expect(play(health, results.map((one) => ['check', one] as const)).standing).toBe(expected);
    }), { numRuns: 1_000 });
  });

  it('keeps a bounded memory', () => {
    fc.assert(fc.property(fc.array(result, { maxLength: 60 }), (results) => {
      const verdict = play(healthOf('flapping 4 in 3600 s held 1 s'), results.map((one) => ['check', one] as const));
      expect(verdict.changesMs.length).toBeLessThanOrEqual(4);
      expect(verdict.damped && verdict.standing !== 'down').toBe(false);
    }));
  });
});
