// Something that a rule of alerts watches for, as it is seen to hold at one object.
import type { AlertPlace } from '@weir/model';
import type { EventObject, EventParams } from '../../../events/event.ts';

export interface Condition extends AlertPlace {
  /** Clusters that it concerns; null: all. */
  readonly clusterIds: readonly string[] | null;
  /** What is left out is not concerned. */
  readonly object: Partial<EventObject>;
  /** With names, for the sentence. */
  readonly params: EventParams;
  readonly link: string | null;
  /** It holds, and nobody is called for it: a person has taken the object out. */
  readonly isTakenOut?: boolean;
}
