import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterHearing, brake as brakeOf, neverHeard, noBrake } from './brake.ts';
import type { Brake, Heard, Silence, SilentHost } from './brake.ts';
import type { TryFailure, TryResult } from '../try.ts';

const good: TryResult = { kind: 'good', weightPercent: null };
const failed = (failure: TryFailure): TryResult => ({ kind: 'failed', failure, detail: null });
const heard = (startedAtMs: number, result: TryResult, tookMs = 0) => ({ startedAtMs, heardAtMs: startedAtMs + tookMs, intervalMs: 1_000, timeoutMs: 500, result });

describe('a host', () => {
  it.each<[what: string, tries: [startedAtMs: number, result: TryResult, tookMs?: number][], silentSinceMs: number | null]>([
    ['was never asked', [], null],
    ['answers', [[10, good]], null],
    ['refuses: that is an answer', [[10, failed('refused')]], null],
    ['says status 500: that is an answer', [[10, failed('wrongStatus')]], null],
    ['is silent from the first try without an answer', [[10, good], [20, failed('timeout'), 5], [30, failed('unreachable')]], 20],
    ['answers again', [[20, failed('timeout')], [30, failed('reset')]], null],
    ['was silent in a try that began before its last answer came', [[15, good, 5], [10, failed('timeout'), 50]], null],
    ['is not silent because the director could not ask', [[10, failed('permission')]], null],
    ['stays silent though the director could not ask', [[10, failed('timeout')], [20, failed('sourceAddress')]], 10],
  ])('%s', (_, tries, sinceMs) => {
    const state = tries.reduce<Heard>((before, [startedAtMs, result, tookMs]) => afterHearing(before, heard(startedAtMs, result, tookMs)), neverHeard);
    expect(state.silence?.sinceMs ?? null).toBe(sinceMs);
    expect(state.silence?.withinMs ?? 1_500).toBe(1_500);
  });
});

interface BrakeHost extends Omit<SilentHost, 'silence'> {
  readonly silence: Silence | null;
}

function brake(before: Brake, all: readonly BrakeHost[]): Brake {
  const silent = all.flatMap(({ silence, ...host }) => (silence === null ? [] : [{ ...host, silence }]));
  return brakeOf(before, silent, all.filter(({ isUp, silence }) => isUp && silence === null).length);
}

type Word = 'up' | 'down' | number;

/** `up` and `down` answer; a number is silent since then, and was up. */
const hosts = (...words: readonly Word[]): BrakeHost[] => words.map((word, n) => (
  { rip: `10.0.0.${n}`, isUp: word !== 'down', silence: typeof word === 'number' ? { sinceMs: word, withinMs: 1_500 } : null }));
const held = ({ held: found }: Brake): string[] => [...found.keys()].toSorted();

describe('the brake', () => {
  it.each<[what: string, given: BrakeHost[], count: number]>([
    ['is off while all answer', hosts('up', 'up', 'up', 'up'), 0],
    ['is off for two hosts, were they all there are', hosts(0, 0), 0],
    ['is on for three of three', hosts(0, 0, 0), 3],
    ['is on for three of six', hosts(0, 10, 20, 'up', 'up', 'up'), 3],
    ['is off for three of seven', hosts(0, 10, 20, 'up', 'up', 'up', 'up'), 0],
    ['does not count who was down already', hosts(0, 10, 20, 'up', 'up', 'up', 'down', 'down'), 3],
    ['is on at the very interval and timeout', hosts(0, 1_500, 1_500), 3],
    ['is off where one fell silent later than that', hosts(0, 1_501, 3_010), 0],
    ['judges each by its own time', hosts(0, 1_000, 2_000, 'up'), 1],
  ])('%s', (_, given, count) => expect(held(brake(noBrake, given))).toHaveLength(count));

  it('says how many of how many, and since when', () => {
    expect(brake(noBrake, hosts(100, 50, 70, 'up')).held.get('10.0.0.0')).toEqual({ sinceMs: 50, silent: 3, good: 4 });
  });

  it('ends for all as soon as too few are left', () => {
    const on = brake(noBrake, hosts(0, 0, 0, 'up', 'up', 'up'));
    expect(held(on)).toHaveLength(3);
    expect(held(brake(on, hosts('up', 0, 0, 'up', 'up', 'up')))).toEqual([]);
  });

  it('is not put on later for those that were taken out, though fewer are up by then', () => {
    const taken = brake(noBrake, hosts(0, 0, 0, 'up', 'up', 'up', 'up'));
    const down = hosts(0, 0, 0, 'up', 'up', 'up', 'up').map((host) => ({ ...host, isUp: host.silence === null }));
    const crashed = down.map((host, n) => ({ ...host, isUp: n === 6 }));
    expect(held(brake(brake(taken, down), crashed))).toEqual([]);
    expect(held(brake(taken, crashed.slice(0, 4)))).toEqual([]);
  });

  it('counts hosts that were long silent in no later silence', () => {
    const dead = brake(noBrake, hosts(0, 0, 'up', 'up', 'up', 'up', 'up'));
    expect(held(brake(dead, hosts(0, 0, 90_000, 90_000, 'up', 'up', 'up')))).toEqual([]);
    expect(held(brake(dead, hosts(0, 0, 90_000, 90_000, 90_000, 'up', 'up')))).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.4']);
  });

  it('forgets hosts that are asked no more', () => {
    expect(brake(brake(noBrake, hosts(0, 0, 0)), hosts('up')).silent.size).toBe(0);
  });

  const anyHosts = fc.array(fc.record({ isUp: fc.boolean(), sinceMs: fc.option(fc.integer({ min: 0, max: 5_000 })), withinMs: fc.constantFrom(600, 1_500, 3_000) }), { maxLength: 12 })
    .map((all) => all.map(({ isUp, sinceMs, withinMs }, n): BrakeHost => ({ rip: `10.0.0.${n}`, isUp, silence: sinceMs === null ? null : { sinceMs, withinMs } })));

  it('holds exactly those of whom the sentence is true', () => {
    fc.assert(fc.property(anyHosts, (given) => {
      const found = brake(noBrake, given);
      for (const { rip, isUp, silence } of given) {
        const together = given.filter((other) => silence !== null && other.isUp && other.silence !== null && Math.abs(other.silence.sinceMs - silence.sinceMs) <= silence.withinMs);
        const up = given.filter((other) => other.isUp && other.silence === null).length + together.length;
        expect(found.held.has(rip)).toBe(silence !== null && isUp && together.length >= 3 && together.length * 2 >= up);
      }
    }), { numRuns: 1_000 });
  });

  it('holds all that were up when everything falls silent within the time of one check, in whatever order it is noticed', () => {
    const noticed = fc.array(fc.integer({ min: 0, max: 1_500 }), { minLength: 3, maxLength: 12 });
    fc.assert(fc.property(noticed, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (times, ups) => {
      let on = noBrake;
      for (const timeMs of times.toSorted((a, b) => a - b)) {
        on = brake(on, times.map((sinceMs, n) => ({ rip: `10.0.0.${n}`, isUp: ups[n] === true, silence: sinceMs <= timeMs ? { sinceMs, withinMs: 1_500 } : null })));
      }
      const up = times.filter((_, n) => ups[n] === true);
      expect(on.held.size).toBe(up.length >= 3 ? up.length : 0);
    }));
  });

  it('holds nobody that answered, and nobody that was down when it fell silent', () => {
    fc.assert(fc.property(fc.array(anyHosts, { minLength: 1, maxLength: 6 }), (all) => {
      let on = noBrake;
      for (const given of all) {
        const before = on;
        on = brake(before, given);
        for (const rip of on.held.keys()) {
          const host = given.find((one) => one.rip === rip);
          const known = before.silent.get(rip);
          expect(host?.silence).not.toBeNull();
          expect(known !== undefined && known.sinceMs === host?.silence?.sinceMs ? known.wasUp : host?.isUp).toBe(true);
        }
      }
    }));
  });
});
