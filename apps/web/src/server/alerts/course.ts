// The course of alerts in the database: one look, and all that comes of it in one transaction. What was open before a restart goes on.
import { alertKey, alertStep } from '@weir/model';
import type { AlertStep } from '@weir/model';
import { nanoid } from 'nanoid';
import type { EventTone } from '../../events/event.ts';
import { writeEvents } from '../events/draft.ts';
import type { EventDraft } from '../events/draft.ts';
import type { Condition } from './conditions/condition.ts';
import { conditionsNow, knownNow } from './conditions/conditions.ts';
import type { ConditionParts } from './conditions/conditions.ts';
import { enqueue } from './enqueue.ts';
import { noObject, openRowOf } from './open-row.ts';
import type { OpenRow } from './open-row.ts';
import type { Rules } from './rules.ts';

/** Of a certificate, where its rule says nothing. */
const usualDays = 30;

/** All real servers of a large installation at once. */
const WRITE_DEADLINE_MS = 30_000;

function told(alert: OpenRow, code: 'fired' | 'ended', nowMs: number): EventDraft {
  const tone: EventTone = code === 'ended' ? 'good' : alert.rule === 'drift' || alert.rule === 'certificateEnding' || alert.rule === 'checkerLate' ? 'warn' : 'bad';
  return { atMs: nowMs, kind: 'alert', code, tone, object: alert.object, params: { ...alert.params, rule: alert.rule }, person: null, link: alert.link };
}

export class Course {
  readonly #parts: ConditionParts;
  readonly #rules: Rules;
  #open = new Map<string, OpenRow>();
  #unknown: ReadonlySet<string> = new Set();
  #isStale = false;

  constructor(parts: ConditionParts, rules: Rules) {
    this.#parts = parts;
    this.#rules = rules;
  }

  async start(): Promise<void> {
    const rows = await this.#parts.db.alert.findMany({ where: { endedAt: null } });
    this.#open = new Map(rows.map(openRowOf).map((row) => [alertKey(row), row]));
  }

  /** Whether nobody can say now if it holds. */
  isUnknown(alertId: string): boolean {
    return this.#unknown.has(alertId);
  }

  async look(nowMs: number): Promise<void> {
    // What broke off may have been written all the same: the database knows.
    if (this.#isStale) await this.start();
    this.#isStale = true;
    await this.#look(nowMs);
    this.#isStale = false;
  }

  async #look(nowMs: number): Promise<void> {
    const seen = await conditionsNow(this.#parts, { days: this.#rules.get('certificateEnding')?.days ?? usualDays, nowMs });
    const unwatched = new Set(seen.filter((condition) => !this.#rules.watches(condition)).map(alertKey));
    const isKnown = knownNow(this.#parts);
    const step = alertStep([...this.#open.values()], {
      nowMs, holding: seen.filter((condition) => !unwatched.has(alertKey(condition))),
      forMs: (kind) => (this.#rules.get(kind)?.forSeconds ?? 0) * 1_000,
      isOver: (alert) => unwatched.has(alertKey(alert)) || this.#rules.get(alert.rule)?.on !== true || isKnown(alert),
    });
    const open = await this.#write(step, nowMs);
    this.#open = open;
    this.#unknown = new Set(step.unknown.flatMap((alert) => open.get(alertKey(alert))?.id ?? []));
  }

  async #write(step: AlertStep<Condition>, nowMs: number): Promise<Map<string, OpenRow>> {
    const began = new Map(step.began.map((condition) => [alertKey(condition), { ...condition, id: nanoid(), object: { ...noObject, ...condition.object }, sinceMs: nowMs, firedAtMs: null }]));
    const row = (key: string): OpenRow | undefined => began.get(key) ?? this.#open.get(key);
    const open = new Map(step.open.flatMap(({ firedAtMs, ...alert }) => {
      const known = row(alertKey(alert));
      return known === undefined ? [] : [[alertKey(alert), { ...known, firedAtMs }] as const];
    }));
    const rows = (places: readonly { readonly rule: OpenRow['rule']; readonly key: string }[]): OpenRow[] => places.flatMap((place) => row(alertKey(place)) ?? []);
    const [fired, ended, passed] = [rows(step.fired), rows(step.ended), rows(step.passed)];
    if (began.size + fired.length + ended.length + passed.length === 0) return open;
    const now = new Date(nowMs);
    await this.#parts.db.$transaction(async (tx) => {
      await tx.alert.createMany({
        data: [...began.values()].map(({ id, rule, key, object, params, link }) => ({ id, rule, key, ...object, params, link, since: now })),
      });
      await tx.alert.updateMany({ where: { id: { in: fired.map(({ id }) => id) } }, data: { firedAt: now } });
      // Should the clock have gone back: nothing ends before it fired.
      await tx.$executeRaw`UPDATE "Alert" SET "endedAt" = GREATEST("firedAt", ${now}) WHERE "id" = ANY(${ended.map(({ id }) => id)})`;
      await tx.alert.deleteMany({ where: { id: { in: passed.map(({ id }) => id) } } });
      await writeEvents(tx, [...fired.map((alert) => told(alert, 'fired', nowMs)), ...ended.map((alert) => told(alert, 'ended', nowMs))], nowMs);
      await enqueue(tx, this.#rules, { fired, ended }, nowMs);
    }, { timeout: WRITE_DEADLINE_MS });
    return open;
  }
}
