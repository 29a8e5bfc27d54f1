import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RealServer, VirtualService } from '../definition/definition.ts';
import { deciding, Override } from '../effective/override.ts';
import { sorryOf } from '../effective/sorry.ts';
import { anyEvents, anyServices, Play } from '../testing/health-play.ts';
import type { Event, Look } from '../testing/health-play.ts';
import { overridesOf } from './decide/decision.ts';
import type { ServiceDecision } from './decide/decision.ts';
import { HealthRule, ServiceState } from './rule.ts';
import { countsAsUp, isDampedOnly } from './verdict/verdict.ts';

function wrongs(given: readonly VirtualService[], events: readonly Event[], look: Look): readonly string[] {
  const play = new Play(given, look);
  for (const [n, one] of events.entries()) play.happen(one, n);
  return play.wrongs;
}

function decisionOf({ health }: Play, { id }: VirtualService): ServiceDecision {
  const found = health.decisions.find(({ serviceId }) => serviceId === id);
  if (found === undefined) throw new Error(`nothing decided about ${id}`);
  return found;
}

/** Weight by definition and people; whether their order is stronger than health. */
function ordered(play: Play, serviceId: string, one: RealServer, atMs: number): { readonly weight: number; readonly isStrong: boolean } {
  const order = deciding(play.orders.filter(({ target }) => target.serviceId === serviceId && target.realServerId === one.id), atMs);
  const weight = order === null ? one.weight : order.effect.kind === 'weight' ? order.effect.weight : 0;
  return { weight, isStrong: order !== null && order.cause !== 'manual' };
}

const emptyServices: Look = (play, atMs) => play.effectiveAt(atMs).origins.flatMap(({ defined, rule }) => {
  if (rule.realServers.some(({ settings }) => settings.weight > 0)) return [];
  const leftIn = defined.realServers.filter((one) => ordered(play, defined.id, one, atMs).weight > 0);
  const canAnswer = leftIn.some(({ id }) => {
    const verdict = play.health.verdictOn({ clusterId: 'c', serviceId: defined.id, realServerId: id });
    return verdict !== null && (countsAsUp(verdict) || isDampedOnly(verdict)) && verdict.checks.every(({ weightPercent }) => weightPercent !== 0);
  });
  const policy = defined.health?.belowQuorum;
  const reasons = [
    canAnswer && 'one is up and left in', policy === 'sorry' && sorryOf(defined) !== null && 'there is a sorry server',
    policy === 'failOpen' && leftIn.length > 0 && 'one is left in, and the service fails open',
  ];
  return reasons.filter((reason) => reason !== false).map((reason) => `${defined.id} is empty, and ${reason}`);
});

/** The least and the most that a real server may weigh under a rule. */
function allowed(code: HealthRule['code'], isUp: boolean, { weight, isStrong }: ReturnType<typeof ordered>): readonly [least: number, most: number] {
  if (isStrong || code === 'failOpen' || code === 'needed') return [weight, weight];
  if (code === 'sorry' || !isUp) return [0, 0];
  return code === 'slowStart' || code === 'agentWeight' ? [0, weight] : [weight, weight];
}

const weightsBesideTheirRule: Look = (play, atMs) => play.effectiveAt(atMs).origins.flatMap(({ defined, realServers, sorry }) => {
  const decision = decisionOf(play, defined);
  const said = (sorry !== null) === (decision.state.code === 'belowSorry') ? [] : ['the sorry server answers, or it does not: the state says otherwise'];
  return [...said, ...realServers.flatMap(({ rule, defined: one }) => {
    const made = decision.realServers.find(({ realServerId }) => realServerId === one.id);
    if (made === undefined) return [`nothing decided about ${one.id}`];
    const weight = rule?.settings.weight ?? 0;
    const [least, most] = allowed(made.rule.code, made.isUp, ordered(play, defined.id, one, atMs));
    const isWider = rule !== null && one.thresholds.upper > 0 && rule.settings.thresholds.upper > one.thresholds.upper;
    return [
      ...(weight < least || weight > most ? [`${one.id} has weight ${weight} under ${made.rule.code}`] : []),
      ...(atMs === play.nowMs && made.isUsed !== weight > 0 ? [`${one.id} is said to be ${made.isUsed ? '' : 'un'}used`] : []),
      ...(isWider ? [`${one.id} may have more connections than defined`] : []),
    ];
  })];
});

const changesWithoutReason: Look = (play) => (
  play.health.turn({ overrides: play.orders, connectionsOf: () => 7, thresholds: true, nowMs: play.nowMs }).map(({ serviceId }) => `${serviceId} was decided again`));

const beyondTheWire: Look = (play) => {
  const overrides = play.own();
  const parts = [
    Override.array().safeParse(overrides), ServiceState.array().safeParse(play.health.decisions.map(({ state }) => state)),
    HealthRule.array().safeParse(play.health.decisions.flatMap(({ realServers }) => realServers.map(({ rule }) => rule))),
  ];
  const repeated = new Set(overrides.map(({ id }) => id)).size < overrides.length;
  return [...parts.flatMap(({ error }) => error?.message ?? []), ...(repeated ? ['two overrides have one id'] : [])];
};

describe('the health of a director, whatever happens in whatever order', () => {
  it.each<[what: string, look: Look]>([
    ['leaves no service empty against its policy', emptyServices],
    ['gives weights that follow the rule that is named', weightsBesideTheirRule],
    ['decides nothing again where nothing happened', changesWithoutReason],
    ['says what a wire can carry', beyondTheWire],
  ])('%s', (_, look) => {
    fc.assert(fc.property(anyServices, anyEvents, (given, events) => {
      expect(wrongs(given, events, look)).toEqual([]);
    }), { numRuns: 400 });
  });

  it('keeps the very same override while it does the same', () => {
    fc.assert(fc.property(anyServices, anyEvents, (given, events) => {
      const play = new Play(given, () => []);
      for (const [n, one] of events.entries()) {
        const before = new Map(play.health.decisions.flatMap(overridesOf).map((override) => [override.id, override]));
        play.happen(one, n);
        const remade = play.own().filter((override) => {
          const known = before.get(override.id);
          return known !== undefined && known !== override && JSON.stringify(known.effect) === JSON.stringify(override.effect);
        });
        // A wait may hold a change and its return.
        expect(one.kind === 'wait' ? [] : remade).toEqual([]);
      }
    }), { numRuns: 200 });
  });
});
