// Decides what the health of one service does: which of its real servers are in the turn, with what weight, and by which rule. Pure.
import { nextChangeMs } from '../../effective/override.ts';
import type { Override } from '../../effective/override.ts';
import { sorryOf } from '../../effective/sorry.ts';
import { digest } from '../../json/canonical-text.ts';
import { same } from '../../json/same.ts';
import { sinceThen } from '../rule.ts';
import type { ServiceState } from '../rule.ts';
import { dampedUntilMs } from '../verdict/verdict.ts';
import type { RealServerDecision, ServiceDecision } from './decision.ts';
import type { DecideInput } from './input.ts';
import { quorumOf } from './quorum.ts';
import type { Quorum } from './quorum.ts';
import { rampsOf } from './ramps.ts';
import type { RampNow } from './ramps.ts';
import { rulingOn, wayOf } from './ruling.ts';
import type { Ruling, Way } from './ruling.ts';
import { isOrdered, isPeoples, standingsOf } from './standings.ts';
import type { RealServerStanding } from './standings.ts';

/** The very same override as before where it does the same. */
function overrideFor({ clusterId, service, nowMs }: DecideInput, realServerId: string, { cause, effect }: Pick<Override, 'cause' | 'effect'>, held: Override | null): Override {
  const target = { clusterId, serviceId: service.id, realServerId };
  if (held !== null && held.cause === cause && same(held.effect, effect)) return held;
  return { id: `${cause}-${digest(target).slice(0, 32)}`, target, cause, effect, author: 'health', reason: '', startsAtMs: nowMs, endsAtMs: null };
}

function decisionOn(standing: RealServerStanding, { cause, effect, rule }: Ruling, before: RealServerDecision | null, input: DecideInput): RealServerDecision {
  const { realServer: { id }, isUp, weight } = standing;
  const isTakenOut = effect !== null && (effect.kind === 'remove' || effect.weight === 0);
  return {
    realServerId: id, isUp, isUsed: weight > 0 && (isOrdered(standing) || !isTakenOut),
    rule: sinceThen(before?.rule ?? null, rule),
    override: effect === null ? null : overrideFor(input, id, { cause, effect }, before?.override ?? null),
  };
}

function stateOf(standings: readonly RealServerStanding[], quorum: Quorum, way: Way, nowMs: number): ServiceState {
  const params = { usable: quorum.usable, of: standings.length, needed: quorum.needed };
  if (quorum.isBelow) return { code: way === 'sorry' ? 'belowSorry' : way === 'failOpen' ? 'belowFailOpen' : 'belowGoOn', params, sinceMs: nowMs };
  const braked = standings.map(({ verdict }) => verdict?.rule).find((rule) => rule?.code === 'braked');
  if (braked !== undefined) return { code: 'braked', params: { ...params, ...braked.params }, sinceMs: braked.sinceMs };
  if (standings.some(({ isUp }) => !isUp)) return { code: 'someDown', params, sinceMs: nowMs };
  return { code: standings.every(({ verdict }) => verdict?.standing === 'up') ? 'allUp' : 'notDecided', params, sinceMs: nowMs };
}

function soonest(timesMs: readonly (number | null)[], nowMs: number): number | null {
  const ahead = timesMs.filter((timeMs) => timeMs !== null && timeMs > nowMs);
  return ahead.length === 0 ? null : ahead.reduce((a, b) => Math.min(a ?? 0, b ?? 0));
}

/**
 * Strongest first: the way of the service below its quorum (`belowQuorum`), what a real server's checks say, what it asks for itself, slow start. People's
 * maintenance and drain stand above all of it (`OverrideCause`), a weight by hand above slow start. Where a service has a real server that is up and that
 * people left in, or a policy for when it has none, its rules are never empty after it.
 * To be called again at `nextMs`, after each verdict that changed and after each change of people's overrides.
 */
export function decide(input: DecideInput): ServiceDecision {
  const { clusterId, service, health, verdicts, before, nowMs } = input;
  const orders = input.overrides.filter(isPeoples);
  const standings = standingsOf(service, verdicts, orders, nowMs);
  const quorum = quorumOf(standings, health, before?.isBelow ?? false);
  const way = wayOf(quorum, input);
  const ramps = way === 'asChecked' ? rampsOf(standings, input) : new Map<string, RampNow>();
  const sorry = way === 'sorry' ? sorryOf(service) : null;
  const known = new Map(before?.realServers.map((one) => [one.realServerId, one]));
  return {
    clusterId, serviceId: service.id, isBelow: quorum.isBelow,
    state: sinceThen(before?.state ?? null, stateOf(standings, quorum, way, nowMs)),
    realServers: standings.map((standing) => {
      const { id } = standing.realServer;
      return decisionOn(standing, rulingOn(standing, way, quorum, ramps.get(id), input), known.get(id) ?? null, input);
    }),
    sorry: sorry === null ? null : overrideFor(input, sorry.id, { cause: 'health', effect: { kind: 'weight', weight: sorry.weight } }, before?.sorry ?? null),
    ramps,
    nextMs: soonest([nextChangeMs(orders, nowMs), ...[...ramps.values()].map(({ untilMs }) => untilMs), ...[...verdicts.values()].map((verdict) => dampedUntilMs(verdict, health))], nowMs),
  };
}
