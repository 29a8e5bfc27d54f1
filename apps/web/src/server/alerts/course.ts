// The course of alerts in the database: one look, and all that comes of it in one transaction. What was open before a restart goes on.
import { alertKey, alertStep } from '@weir/model';
import type { OpenAlert } from '@weir/model';
import type { EventParams } from '../../events/event.ts';
import { conditionsNow, knownNow } from './conditions/conditions.ts';
import type { ConditionParts } from './conditions/conditions.ts';
import { openRowOf } from './open-row.ts';
import type { OpenRow } from './open-row.ts';
import type { SeenNow } from './read.ts';
import type { Rules } from './rules.ts';
import { turnOf, writeTurn } from './turn.ts';

/** Of a certificate, where its rule says nothing. */
const usualDays = 30;

export class Course {
  readonly #parts: ConditionParts;
  readonly #rules: Rules;
  #open = new Map<string, OpenRow>();
  #unknown: ReadonlySet<string> = new Set();
  #paramsNow: ReadonlyMap<string, EventParams> = new Map();
  #isStale = false;

  constructor(parts: ConditionParts, rules: Rules) {
    this.#parts = parts;
    this.#rules = rules;
  }

  async start(): Promise<void> {
    const rows = await this.#parts.db.alert.findMany({ where: { endedAt: null } });
    this.#open = new Map(rows.map(openRowOf).map((row) => [alertKey(row), row]));
  }

  /** Of an open one: whether nobody can say now if it holds, and its figures as they are now; null: as it was written. */
  seenNow(alertId: string): SeenNow {
    return { isUnknown: this.#unknown.has(alertId), params: this.#paramsNow.get(alertId) ?? null };
  }

  async look(nowMs: number): Promise<void> {
    // What broke off may have been written all the same: the database knows.
    if (this.#isStale) await this.start();
    this.#isStale = true;
    await this.#look(nowMs);
    this.#isStale = false;
  }

  async #look(nowMs: number): Promise<void> {
    const rules = this.#rules.now();
    const seen = await conditionsNow(this.#parts, { days: rules.get('certificateEnding')?.days ?? usualDays, nowMs });
    const unwatched = new Set(seen.filter((condition) => !rules.watches(condition)).map(alertKey));
    const isUnwatched = (alert: OpenAlert): boolean => unwatched.has(alertKey(alert)) || rules.get(alert.rule)?.on !== true;
    const isKnown = knownNow(this.#parts);
    const step = alertStep([...this.#open.values()], {
      nowMs, holding: seen.filter((condition) => !unwatched.has(alertKey(condition))),
      forMs: (kind) => (rules.get(kind)?.forSeconds ?? 0) * 1_000,
      isOver: (alert) => isUnwatched(alert) || isKnown(alert),
    });
    const turn = turnOf(this.#open, step, isUnwatched, nowMs);
    await writeTurn(this.#parts.db, turn, rules, nowMs);
    this.#open = turn.open;
    this.#unknown = new Set(step.unknown.flatMap((alert) => turn.open.get(alertKey(alert))?.id ?? []));
    this.#paramsNow = new Map(seen.flatMap((condition) => {
      const id = turn.open.get(alertKey(condition))?.id;
      return id === undefined ? [] : [[id, condition.params] as const];
    }));
  }
}
