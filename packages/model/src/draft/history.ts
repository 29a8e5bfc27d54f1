// What was done to a draft, step by step and by name: to be taken back and done again.
import { same } from '../json/same.ts';
import type { EditName } from './edit.ts';

/** Steps that can be taken back; older ones are forgotten. */
export const HISTORY_STEPS_MAX = 200;

export interface HistoryStep<T> {
  readonly name: EditName;
  readonly field: string | null;
  /** What was there on the other side of the step: before it where it is done, after it where it is undone. */
  readonly other: T;
}

export interface History<T> {
  readonly present: T;
  /** The last one is the next to be undone. */
  readonly done: readonly HistoryStep<T>[];
  /** The last one is the next to be done again. */
  readonly undone: readonly HistoryStep<T>[];
}

export function historyOf<T>(present: T): History<T> {
  return { present, done: [], undone: [] };
}

/** Steps that name the same field in a row are one: what was typed there. */
export function withStep<T>(history: History<T>, present: T, { name, field }: Pick<HistoryStep<T>, 'name' | 'field'>): History<T> {
  const last = history.done.at(-1);
  const goesOn = field !== null && last?.field === field && history.undone.length === 0;
  const step: HistoryStep<T> = { name, field, other: goesOn ? last.other : history.present };
  const earlier = goesOn ? history.done.slice(0, -1) : history.done;
  // Typed there and taken back by typing: nothing was done.
  if (goesOn && same(last.other, present)) return { present: last.other, done: earlier, undone: [] };
  return { present, done: [...earlier, step].slice(-HISTORY_STEPS_MAX), undone: [] };
}

/** The same history where there is nothing to be taken back. */
export function undo<T>(history: History<T>): History<T> {
  const step = history.done.at(-1);
  if (step === undefined) return history;
  return { present: step.other, done: history.done.slice(0, -1), undone: [...history.undone, { ...step, other: history.present }] };
}

export function redo<T>(history: History<T>): History<T> {
  const step = history.undone.at(-1);
  if (step === undefined) return history;
  return { present: step.other, done: [...history.done, { ...step, other: history.present }], undone: history.undone.slice(0, -1) };
}
