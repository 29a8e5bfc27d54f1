// What was ordered of the panel while its parts were killed, and what it said to each order.
import type { OverrideCause } from '@weir/model';
import { Refused } from '../weir/api.ts';
import type { Weights } from './site.ts';

/** `doubtful`: it answered that the director did not, or not wholly, do it. `nothing`: it never answered, or that it failed. */
export type Said = 'acknowledged' | 'doubtful' | 'refused' | 'nothing';

export const kinds = ['save', 'keep', 'apply', 'weight', 'quiesce', 'maintenance', 'end'] as const;
export type Kind = (typeof kinds)[number];

interface Ordered {
  /** Found again in the panel: the reason that the order gives, where it can give one. */
  readonly mark: string;
  said: Said;
}

export interface RevisionOrder extends Ordered {
  readonly kind: 'save' | 'keep';
  readonly base: number;
  readonly weights: Weights;
}

export interface ApplyOrder extends Ordered {
  readonly kind: 'apply';
  readonly revision: number;
  applyId: string | null;
}

export interface SetOrder extends Ordered {
  readonly kind: 'weight' | 'quiesce' | 'maintenance';
  readonly cause: OverrideCause;
  readonly realServerId: string;
  readonly weight: number;
  readonly endsAtMs: number | null;
}

export interface EndOrder extends Ordered {
  readonly kind: 'end';
  readonly overrideId: string;
}

export type Order = RevisionOrder | ApplyOrder | SetOrder | EndOrder;

// Said before anything is done. Whatever else comes back leaves open whether it was done.
const refusals: ReadonlySet<string> = new Set([
  'staleRevision', 'planChanged', 'applyRunning', 'notApproved', 'weightKeptAlready', 'noSuchOverride', 'nothingAccepted', 'noSuchRealServer', 'overrideEndPast',
]);

export class Book {
  readonly revisions: RevisionOrder[] = [];
  readonly applies: ApplyOrder[] = [];
  readonly sets: SetOrder[] = [];
  readonly ends: EndOrder[] = [];
  #written = 0;

  get all(): readonly Order[] {
    return [...this.revisions, ...this.applies, ...this.sets, ...this.ends];
  }

  acknowledged(of: readonly Order[]): number {
    return of.filter(({ said }) => said === 'acknowledged').length;
  }

  /** No two are alike. */
  mark(kind: Kind): string {
    this.#written += 1;
    return `${kind} ${this.#written}`;
  }
}

/** Sends an order that is in the book already, and writes down what was said to it. Null where that was no answer. */
export async function hear<T>(order: Order, call: Promise<T>, sayOf: (answer: T) => Said = () => 'acknowledged'): Promise<T | null> {
  try {
    const answer = await call;
    order.said = sayOf(answer);
    return answer;
  } catch (error) {
    if (error instanceof Refused && refusals.has(error.code)) order.said = 'refused';
    return null;
  }
}
