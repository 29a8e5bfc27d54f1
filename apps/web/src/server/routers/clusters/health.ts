// Health: everyone may see how real servers stand and why; what was sent to them, only those who operate the cluster.
import { Id, withoutSent } from '@weir/model';
import { EvidenceInput, type HealthEvidence } from '@weir/protocol';
import { z } from 'zod';
import { operates } from '../../auth/operates.ts';
import { patientViewer, router, viewer } from '../../trpc.ts';

/** Of one page. */
const changesMax = 100;

function withoutTheirs(evidence: HealthEvidence): HealthEvidence {
  return { ...evidence, checks: evidence.checks.map((check) => ({ ...check, tries: check.tries.map(withoutSent) })) };
}

export const healthRouter = router({
  /** The last tries of one real server in one service, by every director. */
  evidence: patientViewer.input(EvidenceInput).query(async ({ ctx, input }) => {
    const said = await ctx.services.health.evidence(input);
    return operates(ctx.person, input.clusterId) ? said : said.map((one) => (one.error === null ? { ...one, evidence: withoutTheirs(one.evidence) } : one));
  }),

  /** What changed, newest first. */
  changes: viewer
    .input(z.strictObject({ clusterId: Id, serviceId: Id.optional(), realServerId: Id.optional(), before: z.string().regex(/^\d{1,19}$/).optional() }))
    .query(async ({ ctx, input }) => {
      const page = await ctx.services.health.changes({ ...input, limit: changesMax });
      if (operates(ctx.person, input.clusterId)) return page;
      return { ...page, entries: page.entries.map((entry) => ({ ...entry, lastTry: entry.lastTry && withoutSent(entry.lastTry) })) };
    }),
});
