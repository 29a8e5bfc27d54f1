// Which part is killed at which moment, as chance has it, and the killing itself.
import { setTimeout as pause } from 'node:timers/promises';
import { pidOf, type Part } from '../weir/process/processes.ts';
import { until } from '../weir/until.ts';
import type { Dice } from './dice.ts';
import { type OnStep, type Step, steps } from './step.ts';

export const victims = ['panel', 'agent', 'postgres'] as const satisfies readonly Part[];
export type Victim = (typeof victims)[number];

export interface Kill {
  readonly part: Victim;
  /** Null: at whatever moment. */
  readonly step: Step | null;
  /** After the step, or after the kill before. */
  readonly afterMs: number;
  /** While what was killed before may still be coming back. */
  readonly hasty: boolean;
}

const [duringAStep, hasty] = [0.65, 0.2];
const [soonMs, laterMs] = [40, 1_500];
const stepDeadlineMs = 10_000;
const startDeadlineMs = 60_000;

/** Every part is killed as often as the others, in any order. */
export function plannedKills(count: number, dice: Dice): Kill[] {
  const parts: Victim[] = [];
  while (parts.length < count) parts.push(...dice.shuffled(victims));
  return parts.slice(0, count).map((part, index) => {
    const step = dice.next() < duringAStep ? dice.pick(steps) : null;
    return { part, step, afterMs: dice.below(step === null ? laterMs : soonMs), hasty: index > 0 && dice.next() < hasty };
  });
}

export function describe({ part, step, afterMs, hasty: early }: Kill): string {
  return `${part}, ${afterMs} ms ${step === null ? 'later' : `into ${step}`}${early ? ', before the one before is back' : ''}`;
}

/** Waits for moments that the actors tell of. */
export class Moments {
  #waiting: { readonly step: Step; readonly resolve: () => void } | null = null;

  readonly onStep: OnStep = (step) => {
    if (this.#waiting?.step !== step) return;
    this.#waiting.resolve();
    this.#waiting = null;
  };

  /** Of a step that does not come, the wait ends all the same. */
  next(step: Step): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, stepDeadlineMs);
      this.#waiting = {
        step,
        resolve: () => {
          clearTimeout(timer);
          resolve();
        },
      };
    });
  }
}

/** kill -9 at its moment. Gives what then has to be waited for: the part has another process. */
export async function carryOut({ part, step, afterMs }: Kill, launcher: number, moments: Moments): Promise<() => Promise<unknown>> {
  let victim = await until(`${part} runs`, startDeadlineMs, () => pidOf(launcher, part));
  if (step !== null) await moments.next(step);
  await pause(afterMs);
  // It may have died with another meanwhile.
  victim = await until(`${part} runs`, startDeadlineMs, () => pidOf(launcher, part));
  process.kill(victim, 'SIGKILL');
  return () => until(`${part} runs again`, startDeadlineMs, () => {
    const pid = pidOf(launcher, part);
    return pid !== null && pid !== victim;
  });
}
