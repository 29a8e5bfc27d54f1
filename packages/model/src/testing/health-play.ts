// Generated histories of a director's health, played as an agent would: tries, people's orders and revisions in any order, and the time between them.
import * as fc from 'fast-check';
import type { VirtualService } from '../definition/definition.ts';
import { VirtualService as ServiceSchema } from '../definition/definition.ts';
import type { ServiceHealth } from '../definition/health/service-health.ts';
import { effective } from '../effective/effective.ts';
import type { Accepted, Effective } from '../effective/effective.ts';
import type { Override } from '../effective/override.ts';
import { overridesOf } from '../health/decide/decision.ts';
import type { ServiceDecision } from '../health/decide/decision.ts';
import { DirectorHealth } from '../health/director-health.ts';
import type { ProbeTarget } from '../health/targets.ts';
import type { TryResult } from '../health/try.ts';
import { scheduler } from './definitions/arbitrary.ts';
import { cluster, realServer, service } from './definitions/cluster.ts';

const oneOf = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const HOSTS = [1, 2, 3, 4];

const check = fc.record({
  probe: oneOf({ type: 'tcp' as const }, { type: 'icmp' as const }), port: oneOf(null), source: oneOf(null), intervalMs: oneOf(1_000, 5_000), changingIntervalMs: oneOf(null),
  timeoutMs: oneOf(500, 1_000), rise: oneOf(1, 2), fall: oneOf(1, 3),
});

const health: fc.Arbitrary<ServiceHealth> = fc.record({
  checks: fc.array(check, { minLength: 1, maxLength: 2 }).map((checks) => checks.map((one, n) => ({ ...one, id: `check-${n}` }))),
  first: oneOf('up', 'down'), whenDown: oneOf('weightZero', 'remove'), slowStartSeconds: oneOf(0, 3, 30),
  quorum: fc.record({ up: fc.integer({ min: 1, max: 4 }), hysteresis: fc.integer({ min: 0, max: 2 }) }), belowQuorum: oneOf('goOn', 'sorry', 'failOpen'),
  sorry: oneOf(null, { id: 'sorry', name: 'sorry', rip: '10.1.0.9', port: 80, method: { kind: 'nat' as const } }),
  flapping: oneOf(null, { changes: 2, withinSeconds: 20, holdSeconds: 10 }, { changes: 4, withinSeconds: 60, holdSeconds: 30 }),
});

export const anyServices: fc.Arbitrary<VirtualService[]> = fc.array(fc.record({ health, scheduler, hosts: fc.subarray(HOSTS), weight: oneOf(0, 1, 10) }), { minLength: 1, maxLength: 2 })
  .map((made) => made.map(({ hosts, weight, ...rest }, n) => service(`s${n}`, {
    ...rest, match: { kind: 'address', protocol: 'tcp', vip: '192.168.8.200', port: 80 + n },
    realServers: hosts.map((host) => realServer(`rs${host}`, { rip: `10.1.0.${host}`, port: 80, weight: host === 1 ? weight : 1 + host * 3, thresholds: { upper: host === 2 ? 50 : 0, lower: 0 } })),
  })));

const result: fc.Arbitrary<TryResult> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: oneOf('good'), weightPercent: oneOf(null, null, 0, 1, 50, 100) }) },
  { weight: 4, arbitrary: fc.record({ kind: oneOf('failed'), failure: oneOf('timeout', 'timeout', 'refused', 'wrongStatus', 'permission'), detail: oneOf(null) }) },
);

const effect: fc.Arbitrary<Override['effect']> = fc.oneof(fc.record({ kind: oneOf('weight'), weight: oneOf(0, 0, 5) }), fc.record({ kind: oneOf('remove') }));

export type Event =
  | { readonly kind: 'try'; readonly target: number; readonly result: TryResult }
  | { readonly kind: 'all'; readonly result: TryResult }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'order'; readonly realServer: number; readonly cause: 'manual' | 'drain' | 'maintenance'; readonly effect: Override['effect']; readonly inMs: number; readonly forMs: number | null }
  | { readonly kind: 'release' }
  | { readonly kind: 'revise'; readonly services: VirtualService[] };

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: oneOf('try'), target: fc.nat(20), result }) },
  { weight: 3, arbitrary: fc.record({ kind: oneOf('all'), result }) },
  { weight: 6, arbitrary: fc.record({ kind: oneOf('wait'), ms: oneOf(1, 500, 1_000, 5_000, 31_000) }) },
  { weight: 2, arbitrary: fc.record({
    kind: oneOf('order'), realServer: fc.nat(8), cause: oneOf('manual', 'drain', 'maintenance'), effect, inMs: oneOf(0, 0, 700), forMs: oneOf(null, 300, 5_000),
  }) },
  { weight: 1, arbitrary: fc.record({ kind: oneOf('release') }) },
  { weight: 1, arbitrary: fc.record({ kind: oneOf('revise'), services: anyServices }) },
);

/** What is wrong, in words. */
export type Look = (play: Play, atMs: number) => readonly string[];

/** Plays events as an agent would, and calls back after each turn and just before the next one. */
export class Play {
  readonly health = new DirectorHealth();
  accepted: readonly Accepted[] = [];
  targets: readonly ProbeTarget[] = [];
  orders: Override[] = [];
  nowMs = 10_000;
  readonly wrongs: string[] = [];
  readonly #look: Look;

  constructor(given: readonly VirtualService[], look: Look) {
    this.#look = look;
    this.accept(given);
    this.turn();
  }

  accept(given: readonly VirtualService[]): void {
    this.accepted = [{ clusterId: 'c', revision: 1, definition: cluster({ services: given.map((one) => ServiceSchema.parse(one)) }) }];
    this.targets = this.health.accept('lb-1', this.accepted, this.nowMs);
  }

  turn(): readonly ServiceDecision[] {
    const made = this.health.turn({ overrides: [...this.orders, ...this.own()], connectionsOf: ({ realServerId }) => (realServerId === 'rs4' ? null : 40), thresholds: true, nowMs: this.nowMs });
    this.#lookAt(this.nowMs);
    return made;
  }

  own(): Override[] {
    return this.health.decisions.flatMap(overridesOf);
  }

  effectiveAt(nowMs: number): Effective {
    return effective({ directorId: 'lb-1', accepted: this.accepted, overrides: [...this.orders, ...this.own()], nowMs });
  }

  happen(one: Event, n: number): void {
    if (one.kind === 'wait') return this.#pass(this.nowMs + one.ms);
    if (one.kind === 'revise') this.accept(one.services);
    if (one.kind === 'release') this.orders = [];
    if (one.kind === 'order') this.#order(one, n);
    for (const target of one.kind === 'all' ? this.targets : one.kind === 'try' ? this.targets.slice(one.target % Math.max(1, this.targets.length)).slice(0, 1) : []) {
      if (one.kind === 'all' || one.kind === 'try') this.health.heard(target, { startedAtMs: this.nowMs - 1, heardAtMs: this.nowMs, result: one.result });
    }
    this.turn();
  }

  #pass(untilMs: number): void {
    for (let nextMs = this.health.nextMs; nextMs !== null && nextMs <= untilMs; nextMs = this.health.nextMs) {
      if (nextMs <= this.nowMs) throw new Error('the next time is no later than now');
      this.#lookAt(nextMs - 1);
      this.nowMs = nextMs;
      this.turn();
    }
    this.nowMs = untilMs;
    this.#lookAt(untilMs);
  }

  #lookAt(atMs: number): void {
    this.wrongs.push(...this.#look(this, atMs));
  }

  #order({ realServer: place, cause, effect: given, inMs, forMs }: Extract<Event, { kind: 'order' }>, n: number): void {
    const all = this.accepted.flatMap(({ definition }) => definition.services.flatMap((one) => one.realServers.map((rs) => ({ clusterId: 'c', serviceId: one.id, realServerId: rs.id }))));
    const target = all[place % Math.max(1, all.length)];
    if (target === undefined) return;
    const startsAtMs = this.nowMs + inMs;
    this.orders.push({ id: `o-${n}`, target, cause, effect: given, author: 'ada', reason: '', startsAtMs, endsAtMs: forMs === null ? null : startsAtMs + forMs });
  }
}

export const anyEvents: fc.Arbitrary<Event[]> = fc.array(event, { maxLength: 40 });
