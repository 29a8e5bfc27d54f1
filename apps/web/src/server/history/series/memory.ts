// The last minutes second by second, as the directors' agents remember them.
import { intervalMs, recentMs } from '@weir/model';
import type { Moment, Recent } from '@weir/model';
import { since } from '@weir/protocol';
import type { RecentInput } from '@weir/protocol';
import type { HistoryInput } from '../../../history/series.ts';
import { PanelError } from '../../errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { each } from '../portion.ts';
import type { Grown, Portion } from '../portion.ts';

/** Panels ask for the same at the same time: so long an answer is good for others too. */
const sharedMs = 1_000;
const sharedMax = 50;
const secondMs = 1_000;

export interface Remembered {
  readonly directorId: string;
  readonly recent: Recent;
}

export interface Asked {
  readonly directorIds: readonly string[];
  readonly input: HistoryInput;
  readonly nowMs: number;
}

/** Whether a chart of it shows more than intervals do, and agents remember so far back. */
export function isRecent({ fromMs, toMs, steps }: HistoryInput, nowMs: number): boolean {
  return (toMs - fromMs) / steps < intervalMs && fromMs >= nowMs - recentMs - intervalMs;
}

export class Memories {
  readonly #gateway: Pick<Gateway, 'director' | 'client'>;
  readonly #shared = new Map<string, { readonly atMs: number; readonly answer: Promise<Recent> }>();

  constructor(gateway: Pick<Gateway, 'director' | 'client'>) {
    this.#gateway = gateway;
  }

  /** The shortest step in which every counter moves. */
  stepMs(directorIds: readonly string[]): number {
    const refreshMs = directorIds.map((id) => this.#gateway.director(id)?.hello?.capabilities.countersRefreshMs ?? 0);
    return Math.ceil(Math.max(secondMs, ...refreshMs) / secondMs) * secondMs;
  }

  /** Of those that answer and remember all of it; the others are in no answer. */
  async ask({ directorIds, input, nowMs }: Asked): Promise<Remembered[]> {
    const answers = await Promise.all(directorIds.map(async (directorId): Promise<Remembered | null> => {
      const recent = await this.#recent(directorId, input, nowMs).catch((error: unknown) => {
        if (error instanceof PanelError) return null;
        throw error;
      });
      return recent === null ? null : { directorId, recent };
    }));
    return answers.filter((answer) => answer !== null);
  }

  async #recent(directorId: string, { subject, by, fromMs, toMs }: HistoryInput, nowMs: number): Promise<Recent | null> {
    const view = this.#gateway.director(directorId);
    if (view?.link.state !== 'connected' || (view.hello?.version ?? 0) < since.history) return null;
    const realServers = by === 'realServer' || subject.kind === 'realServer';
    const input: RecentInput = { of: ofSubject(subject), realServers, fromMs, toMs };
    const key = JSON.stringify([directorId, input.of, realServers, Math.floor(fromMs / sharedMs), Math.floor(toMs / sharedMs)]);
    const known = this.#shared.get(key);
    if (known !== undefined && nowMs - known.atMs < sharedMs) return known.answer;
    const answer = this.#gateway.client(directorId).recent(input);
    for (const [other, { atMs }] of this.#shared) if (nowMs - atMs >= sharedMs || this.#shared.size >= sharedMax) this.#shared.delete(other);
    this.#shared.set(key, { atMs: nowMs, answer });
    return answer;
  }
}

function ofSubject(subject: HistoryInput['subject']): RecentInput['of'] {
  if (subject.kind === 'director') return { kind: 'director' };
  if (subject.kind === 'cluster') return subject;
  return { kind: 'service', clusterId: subject.clusterId, serviceId: subject.serviceId };
}

/** What one sample tells of the step that ends with it. */
export function portionOf({ active, inactive, weight, growth }: Moment, stepMs: number): Portion {
  return {
    measuredMs: growth === null ? 0 : Math.round(stepMs),
    grown: each((name): Grown => {
      const own = growth?.[name] ?? 0;
      return typeof own === 'string' ? own : { measured: BigInt(own), all: BigInt(own) };
    }),
    activeMean: active, activeMost: active, inactiveMean: inactive, weight,
  };
}

/** When the director looked, and for how long each time: where it measured the service as a whole. */
export function measuredTimes({ times, lines }: Recent): [atMs: number, ms: number][] {
  const whole = lines.find(({ key }) => key === null);
  return times.flatMap(({ atMs, stepMs }, at): [number, number][] => (whole?.moments[at]?.growth == null ? [] : [[atMs, Math.round(stepMs)]]));
}
