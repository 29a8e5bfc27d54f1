// Letting an agent go: it forgets the panel that it obeyed, and takes enrolment codes again.
import { Id } from '@weir/model';
import { z } from 'zod';

/** Named once more, so that no other director than the meant one is let go. */
export const ReleaseInput = z.strictObject({ directorId: Id });
export type ReleaseInput = z.infer<typeof ReleaseInput>;

export const Released = z.strictObject({ releasedAtMs: z.int().min(0) });
export type Released = z.infer<typeof Released>;
