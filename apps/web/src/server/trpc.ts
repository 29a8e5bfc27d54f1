// The kinds of procedure there are: for anyone, and for each role. Every router is made of these.
import { initTRPC } from '@trpc/server';
import superjson from 'superjson';
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

export const viewer = procedureFor('viewer');
export const operator = procedureFor('operator');
export const admin = procedureFor('admin');
