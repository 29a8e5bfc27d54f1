// The verdict on one real server in one service: up or down by all of its checks, held through flapping and silence of the director's own network.
import type { HealthCheck, ServiceHealth } from '../../definition/health/service-health.ts';
import { same } from '../../json/same.ts';
import type { Braked } from './brake.ts';
import { afterTry, startCheck } from './check-state.ts';
import type { CheckState, Standing } from './check-state.ts';
import { sinceThen } from '../rule.ts';
import type { HealthRule } from '../rule.ts';
import type { TryResult } from '../try.ts';

export interface Verdict {
  readonly checks: readonly CheckState[];
  readonly standing: Standing;
  readonly sinceMs: number;
  /** What it counts as while its standing is unknown. */
  readonly assumed: 'up' | 'down';
  /** Which rule decided its standing. */
  readonly rule: HealthRule;
  /** When it last began to count as up after it had counted as down; null: never. */
  readonly cameBackMs: number | null;
  /** When it changed between up and down, as far back as flapping is looked for. */
  readonly changesMs: readonly number[];
  /** Held down because it changed too often. */
  readonly damped: boolean;
}

/** What is known of the director's own network while a real server would go down. */
export interface Silent {
  readonly sinceMs: number;
  /** Null: nothing is held up. */
  readonly braked: Braked | null;
}

/** `checks`: those that can ask it. `before`: what it counted as when the agent ended, or when its checks were others. */
export function startVerdict({ checks, first }: Pick<ServiceHealth, 'checks' | 'first'>, nowMs: number, before: 'up' | 'down' | null = null): Verdict {
  return {
    checks: checks.map(({ id }) => startCheck(id, nowMs)), standing: 'unknown', sinceMs: nowMs, assumed: before ?? first,
    rule: { code: before === null ? 'first' : 'before', params: { as: before ?? first }, sinceMs: nowMs },
    cameBackMs: null, changesMs: [], damped: false,
  };
}

/** Whether it is used, as far as its checks go. */
export function countsAsUp({ standing, assumed }: Verdict): boolean {
  return standing === 'unknown' ? assumed === 'up' : standing === 'up';
}

/** Up by its checks, and held down for its changes alone. */
export function isDampedOnly({ damped, checks }: Verdict): boolean {
  return damped && together(checks) === 'up';
}

/** Nothing is decided otherwise by the one than by the other. */
export function isAlike(one: Verdict, other: Verdict): boolean {
  // Until when it is held down, each try may move.
  if (one.damped || other.damped) return false;
  return one.standing === other.standing && one.cameBackMs === other.cameBackMs && weightPercentOf(one) === weightPercentOf(other) && same(one.rule, other.rule);
}

/** A try of one check was heard; nothing is decided yet (`settled` does). */
export function afterTryOf(verdict: Verdict, check: HealthCheck, result: TryResult, heardAtMs: number): Verdict {
  return { ...verdict, checks: verdict.checks.map((state) => (state.checkId === check.id ? afterTry(state, check, result, heardAtMs) : state)) };
}

/** Its checks are others now: those that are new begin, what was held stays until they decide. `renewed` are checks that ask something else under an id as before. */
export function withChecks(verdict: Verdict, checks: ServiceHealth['checks'], renewed: ReadonlySet<string>, nowMs: number): Verdict {
  const known = new Map(verdict.checks.filter(({ checkId }) => !renewed.has(checkId)).map((state) => [state.checkId, state]));
  return { ...verdict, checks: checks.map(({ id }) => known.get(id) ?? startCheck(id, nowMs)) };
}

/** Percent of its weight that it asks for: the least of what its checks say; null where none says any. */
export function weightPercentOf({ checks }: Verdict): number | null {
  const said = checks.flatMap(({ weightPercent }) => weightPercent ?? []);
  return said.length === 0 ? null : Math.min(...said);
}

function together(checks: readonly CheckState[]): Standing {
  if (checks.length === 0) return 'unknown';
  if (checks.some(({ standing }) => standing === 'down')) return 'down';
  return checks.every(({ standing }) => standing === 'up') ? 'up' : 'unknown';
}

function latest(checks: readonly CheckState[]): CheckState | null {
  return checks.reduce<CheckState | null>((last, check) => (last === null || check.sinceMs > last.sinceMs ? check : last), null);
}

function fell(checks: readonly CheckState[], health: ServiceHealth): HealthRule | null {
  const first = checks.filter(({ standing }) => standing === 'down').toSorted((a, b) => a.sinceMs - b.sinceMs)[0];
  if (first === undefined) return null;
  const fall = health.checks.find(({ id }) => id === first.checkId)?.fall ?? 1;
  return { code: 'fell', params: { check: first.checkId, fall, failure: first.failure ?? '' }, sinceMs: first.sinceMs };
}

function rose(checks: readonly CheckState[], health: ServiceHealth): HealthRule | null {
  const last = latest(checks);
  if (last === null) return null;
  const rise = health.checks.find(({ id }) => id === last.checkId)?.rise ?? 1;
  return { code: 'rose', params: { check: last.checkId, rise }, sinceMs: last.sinceMs };
}

/** Its checks fell silent together with the rest of what this director asks, after it had been up: nothing is taken out for that. */
function isBraked({ checks, standing, sinceMs }: Verdict, silent: Silent | null): silent is Silent & { readonly braked: Braked } {
  if (silent === null || silent.braked === null) return false;
  const down = checks.filter((check) => check.standing === 'down');
  return down.every((check) => check.sinceMs >= silent.sinceMs) && (standing !== 'down' || sinceMs >= silent.sinceMs);
}

function held(verdict: Verdict, silent: Silent & { readonly braked: Braked }): Verdict {
  const rule = sinceThen(verdict.rule, { code: 'braked', params: { silent: silent.braked.silent, good: silent.braked.good }, sinceMs: silent.braked.sinceMs });
  if (verdict.standing !== 'down') return { ...verdict, rule };
  // It went down before enough others had been heard of: that was no change.
  return { ...verdict, standing: 'up', sinceMs: silent.sinceMs, rule, damped: false, changesMs: verdict.changesMs.filter((changeMs) => changeMs < silent.sinceMs) };
}

/** The network is back, and of this one nothing was heard yet: what failed meanwhile says nothing of it, so its checks decide anew. */
function letGo(verdict: Verdict, nowMs: number): Verdict {
  return { ...verdict, checks: verdict.checks.map(({ checkId }) => startCheck(checkId, nowMs)), rule: { code: 'before', params: { as: 'up' }, sinceMs: nowMs } };
}

function changesWith(verdict: Verdict, { flapping }: ServiceHealth, nowMs: number): readonly number[] {
  if (flapping === null || verdict.standing === 'unknown') return [];
  return [...verdict.changesMs, nowMs].filter((changeMs) => changeMs <= nowMs && changeMs > nowMs - flapping.withinSeconds * 1_000).slice(-flapping.changes);
}

function dampedRule({ flapping }: ServiceHealth, nowMs: number): HealthRule {
  return { code: 'damped', params: { changes: flapping?.changes ?? 0, withinSeconds: flapping?.withinSeconds ?? 0, holdSeconds: flapping?.holdSeconds ?? 0 }, sinceMs: nowMs };
}

/** Since when every try of every check was good; null: the last one of some check was not. */
function goodSinceMs(checks: readonly CheckState[]): number | null {
  return checks.reduce<number | null>((since, check) => (since === null || check.goodSinceMs === null ? null : Math.max(since, check.goodSinceMs)), 0);
}

/** When a real server whose changes are damped comes back, if no try of it fails until then; null where none is awaited. */
export function dampedUntilMs({ damped, checks }: Verdict, { flapping }: ServiceHealth): number | null {
  const sinceMs = goodSinceMs(checks);
  return !damped || flapping === null || sinceMs === null || together(checks) !== 'up' ? null : sinceMs + flapping.holdSeconds * 1_000;
}

function goesDown(verdict: Verdict, health: ServiceHealth, nowMs: number): Verdict {
  const rule = fell(verdict.checks, health) ?? verdict.rule;
  if (verdict.standing === 'down') return { ...verdict, rule: verdict.damped ? verdict.rule : sinceThen(verdict.rule, rule) };
  const changesMs = changesWith(verdict, health, nowMs);
  const damped = health.flapping !== null && changesMs.length >= health.flapping.changes;
  return { ...verdict, standing: 'down', sinceMs: nowMs, changesMs, damped, rule: damped ? dampedRule(health, nowMs) : rule };
}

function comesUp(verdict: Verdict, health: ServiceHealth, nowMs: number): Verdict {
  const rule = rose(verdict.checks, health) ?? verdict.rule;
  if (verdict.standing === 'up') return verdict.rule.code === 'rose' ? verdict : { ...verdict, rule };
  const cameBackMs = countsAsUp(verdict) ? verdict.cameBackMs : nowMs;
  const up = { ...verdict, standing: 'up', sinceMs: nowMs, rule, cameBackMs } as const;
  if (verdict.damped) {
    const untilMs = dampedUntilMs(verdict, health);
    // Nobody looks for flapping any more, or it was good for long enough; or the clock was set back, and nobody knows for how long.
    const isOver = health.flapping === null || (untilMs !== null && (untilMs <= nowMs || untilMs > nowMs + health.flapping.holdSeconds * 1_000));
    return isOver ? { ...up, damped: false, changesMs: [] } : verdict;
  }
  const changesMs = changesWith(verdict, health, nowMs);
  if (health.flapping !== null && changesMs.length >= health.flapping.changes) return { ...verdict, changesMs, damped: true, rule: dampedRule(health, nowMs) };
  return { ...up, changesMs };
}

/** What its checks come to now. `silent`: since when its host gives no answer of any kind; null while it does. */
export function settled(verdict: Verdict, health: ServiceHealth, silent: Silent | null, nowMs: number): Verdict {
  switch (together(verdict.checks)) {
    case 'unknown': return verdict;
    case 'up': return comesUp(verdict, health, nowMs);
    case 'down': {
      if (isBraked(verdict, silent) && (verdict.standing !== 'unknown' || verdict.assumed === 'up')) return held(verdict, silent);
      return verdict.rule.code === 'braked' && verdict.standing !== 'down' ? letGo(verdict, nowMs) : goesDown(verdict, health, nowMs);
    }
  }
}
