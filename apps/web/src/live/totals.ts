// What all services carry in sum, as the overview says it: what is known, and how much of it is not in it. No server code.
import { z } from 'zod';

const Count = z.int().min(0);

/** The sum of what is known and seen; null where nothing is. Of how many services it is not known now, and of how many the directors cannot see it. */
export const Total = z.strictObject({ sum: z.number().min(0).nullable(), unknown: Count, unseen: Count });
export type Total = z.infer<typeof Total>;

export const Totals = z.strictObject({
  active: Total,
  connectionsPerSecond: Total,
  bytesInPerSecond: Total,
  bytesOutPerSecond: Total,
  /** Directors count bytes in two ways: they are never added, and have no sum then. */
  twoByteKinds: z.boolean(),
});
export type Totals = z.infer<typeof Totals>;
export type TotalName = Exclude<keyof Totals, 'twoByteKinds'>;
