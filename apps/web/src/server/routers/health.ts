// Health: everyone may see how real servers stand and why; secrets are masked where they are asked.
import { Id } from '@weir/model';
import { EvidenceInput } from '@weir/protocol';
import { z } from 'zod';
import { patientViewer, router, viewer } from '../trpc.ts';

/** Of one page. */
const changesMax = 100;

export const healthRouter = router({
  /** The last tries of one real server in one service, by every director. */
  evidence: patientViewer.input(EvidenceInput).query(({ ctx, input }) => ctx.services.health.evidence(input)),

  /** What changed, newest first. */
  changes: viewer
    .input(z.strictObject({ clusterId: Id, serviceId: Id.optional(), realServerId: Id.optional(), before: z.string().regex(/^\d{1,19}$/).optional() }))
    .query(({ ctx, input }) => ctx.services.health.changes({ ...input, limit: changesMax })),
});
