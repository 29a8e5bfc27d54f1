// What a real server does now.
import type { HealthRule } from '@weir/model';
import { expect, it } from 'vitest';
import type { LiveHealth, LiveRealServer } from '../../live/topic.ts';
import { realServerGlyphs, realServerState } from './row-state.ts';

const none = { connections: null, packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null };
const figures = (active: number | null): LiveRealServer['figures'] => ({
  active, inactive: null, persistent: null, totals: none, perSecond: none, windowMs: null, byteKind: null, measuredAtMs: null,
});

function by(code: HealthRule['code'], isUp: boolean): LiveHealth {
  return { directorId: 'a', standing: isUp ? 'up' : 'down', sinceMs: 0, isUp, isUsed: isUp, rule: { code, params: {}, sinceMs: 0 } };
}

const stateOf = (row: Partial<Parameters<typeof realServerState>[0]>) => realServerState({ weight: 0, weights: [], figures: figures(2), health: [], ...row });

it('one that is down by its checks is down, whether connections are open or not, and not what a person drains', () => {
  expect([figures(2), figures(0)].map((each) => stateOf({ figures: each, health: [by('fell', false)] }))).toEqual(['down', 'down']);
  expect(stateOf({ health: [by('damped', false)] })).toBe('down');
  expect(stateOf({ weight: null, health: [by('fell', false)] }), 'taken out of the forwarder').toBe('down');
  expect(realServerGlyphs.down).not.toBe(realServerGlyphs.drains);
});

it('one that is up and has weight 0 drains, and is out when nothing is left', () => {
  expect([figures(2), figures(null), figures(0)].map((each) => stateOf({ figures: each, health: [by('rose', true)] }))).toEqual(['drains', 'drains', 'out']);
  expect(realServerGlyphs.out, 'taken out on purpose, not failed').not.toBe(realServerGlyphs.down);
});

it('one that takes connections somewhere takes them, whatever its checks say', () => {
  expect(stateOf({ weight: 3, health: [by('failOpen', false)] })).toBe('takes');
  expect(stateOf({ weight: null, weights: [{ directorId: 'a', weight: 0 }, { directorId: 'b', weight: 3 }], health: [by('fell', false)] })).toBe('takes');
  expect(stateOf({ weight: null })).toBe('unknown');
});
