// The course of alerts: pending while something holds, firing once it held for long enough, ended when it holds no more. Pure.
import type { AlertRuleKind } from './rule-kind.ts';

/** Something that a rule watches for, at one object. */
export interface AlertPlace {
  readonly rule: AlertRuleKind;
  /** Of the object, among those of its rule. */
  readonly key: string;
  /** Since when it holds, by the clock of whoever says so: it is told, and nothing is counted from it. Left out: since it is seen. */
  readonly sinceMs?: number | undefined;
}

export interface OpenAlert extends AlertPlace {
  /** Pending, since it is seen; once it fired, since when it holds, and never after it was first seen. */
  readonly sinceMs: number;
  /** Null: pending. */
  readonly firedAtMs: number | null;
}

/** One look at all that is watched. */
export interface AlertLook<Place extends AlertPlace> {
  readonly nowMs: number;
  /** What is known to hold and is not hidden behind its root cause, of rules that are on and of clusters that they are for. */
  readonly holding: readonly Place[];
  /** How long a rule wants it to hold. */
  readonly forMs: (rule: AlertRuleKind) => number;
  /** Of one that is not seen to hold: whether that is known. A silent director says nothing of what it watches. */
  readonly isOver: (alert: OpenAlert) => boolean;
}

export interface AlertStep<Place extends AlertPlace> {
  /** Pending from now on. */
  readonly began: readonly Place[];
  /** Those that began in the same step too. */
  readonly fired: readonly Place[];
  /** Had fired, and hold no more. */
  readonly ended: readonly OpenAlert[];
  /** Never fired, and hold no more. */
  readonly passed: readonly OpenAlert[];
  /** Not seen to hold, and not known to be over: they stay as they are. */
  readonly unknown: readonly OpenAlert[];
  readonly open: readonly OpenAlert[];
}

export function alertKey({ rule, key }: AlertPlace): string {
  return `${rule} ${key}`;
}

/** An alert fires once, when it is seen to hold and was never known not to for as long as its rule wants, by the clock of these looks; nothing fires that is not known to hold now. */
export function alertStep<Place extends AlertPlace>(before: readonly OpenAlert[], { nowMs, holding, forMs, isOver }: AlertLook<Place>): AlertStep<Place> {
  const was = new Map(before.map((alert) => [alertKey(alert), alert]));
  const now = new Map(holding.map((place) => [alertKey(place), place]));
  const began: Place[] = [];
  const fired: Place[] = [];
  const open: OpenAlert[] = [];
  for (const [key, place] of now) {
    const known = was.get(key);
    if (known === undefined) began.push(place);
    const { sinceMs, firedAtMs } = known ?? { sinceMs: nowMs, firedAtMs: null };
    const fires = firedAtMs === null && nowMs - sinceMs >= forMs(place.rule);
    if (fires) fired.push(place);
    open.push({ rule: place.rule, key: place.key, sinceMs: fires ? Math.min(place.sinceMs ?? sinceMs, sinceMs) : sinceMs, firedAtMs: fires ? nowMs : firedAtMs });
  }
  const gone = [...was].filter(([key]) => !now.has(key)).map(([, alert]) => alert);
  const over: OpenAlert[] = [];
  const unknown: OpenAlert[] = [];
  for (const alert of gone) (isOver(alert) ? over : unknown).push(alert);
  return {
    began, fired, unknown, open: [...open, ...unknown],
    ended: over.filter(({ firedAtMs }) => firedAtMs !== null), passed: over.filter(({ firedAtMs }) => firedAtMs === null),
  };
}
