// The audit log, newest first.
import { z } from 'zod';
import { admin, router } from '../trpc.ts';

export const auditRouter = router({
  list: admin
    .input(z.strictObject({ before: z.bigint().positive().optional(), limit: z.int().min(1).max(200).default(50) }))
    .query(async ({ ctx, input }) => {
      const entries = await ctx.services.db.auditEntry.findMany({
        ...(input.before === undefined ? {} : { where: { id: { lt: input.before } } }),
        orderBy: { id: 'desc' },
        take: input.limit + 1,
      });
      const page = entries.slice(0, input.limit);
      return { entries: page, next: entries.length > input.limit ? (page.at(-1)?.id ?? null) : null };
    }),
});
