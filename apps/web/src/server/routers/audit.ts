// The audit log, newest first.
import { z } from 'zod';
import { AuditFilter } from '../audit-log/filter.ts';
import { readAudit } from '../audit-log/read.ts';
import { admin, router } from '../trpc.ts';

const Page = z.strictObject({ filter: AuditFilter.default({}), before: z.bigint().positive().max(2n ** 63n - 1n).optional(), limit: z.int().min(1).max(200).default(50) });

export const auditRouter = router({
  list: admin.input(Page).query(async ({ ctx, input }) => {
    const entries = await readAudit(ctx.services.db, { ...input, limit: input.limit + 1 });
    const page = entries.slice(0, input.limit);
    return { entries: page, next: entries.length > input.limit ? (page.at(-1)?.id ?? null) : null };
  }),
});
