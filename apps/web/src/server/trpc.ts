// The kinds of procedure there are: for anyone, and for each role. Every router is made of these.
import { initTRPC } from '@trpc/server';
import { Id } from '@weir/model';
import superjson from 'superjson';
import { z } from 'zod';
import { operates } from './auth/operates.ts';
import { roleReaches } from './auth/person.ts';
import type { Person, Role } from './auth/person.ts';
import { answerFor, httpStatusOf } from './http/error-answer.ts';
import { PanelError } from './errors.ts';
import type { Services } from './services.ts';

export interface Context {
  readonly services: Services;
  readonly person: Person | null;
  readonly sessionId: string | null;
  /** Of the client. */
  readonly address: string;
}

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  // Says whether errors carry stack traces.
  isDev: false,
  sse: {
    ping: { enabled: true, intervalMs: 2_000 },
    client: { reconnectAfterInactivityMs: 6_000 },
  },
  errorFormatter: ({ shape, error, path }) => {
    const answer = answerFor(error);
    return { code: shape.code, message: answer.code, data: { error: answer, httpStatus: httpStatusOf(answer.code), path } };
  },
});

export const router = t.router;

export const publicProcedure = t.procedure;

function procedureFor(needed: Role) {
  return t.procedure.use(async ({ ctx, path, next }) => {
    const { person, sessionId } = ctx;
    if (person === null || sessionId === null) {
      await ctx.services.auth.refusals.record(ctx, path);
      throw new PanelError('signInNeeded');
    }
    if (!roleReaches(person.role, needed)) {
      await ctx.services.auth.refusals.record(ctx, path);
      throw new PanelError('roleTooSmall', { needed });
    }
    return next({ ctx: { person, sessionId } });
  });
}

async function refuseUnlessOperating(ctx: Context & { readonly person: Person }, path: string, clusterId: string | null): Promise<void> {
  if (operates(ctx.person, clusterId)) return;
  await ctx.services.auth.refusals.record(ctx, path);
  throw new PanelError(clusterId === null ? 'limitedToClusters' : 'clusterNotYours');
}

export const viewer = procedureFor('viewer');
/** For what takes much of the panel's or the directors' time. */
export const patientViewer = viewer.use(({ ctx, next }) => ctx.services.auth.turns.take(ctx.sessionId, () => next()));
/** For what is not done to one cluster alone. Whoever is an operator for some clusters only is a viewer there. */
export const operator = procedureFor('operator').use(async ({ ctx, path, next }) => {
  await refuseUnlessOperating(ctx, path, null);
  return next();
});

/** For what is done to one cluster, by those who operate it. */
export const clusterOperator = procedureFor('operator').input(z.object({ clusterId: Id })).use(async ({ ctx, input, path, next }) => {
  await refuseUnlessOperating(ctx, path, input.clusterId);
  return next();
});

export const admin = procedureFor('admin');
