// The panel's whole API.
import { router } from './trpc.ts';
import { auditRouter } from './routers/audit.ts';
import { peopleRouter } from './routers/people.ts';
import { sessionRouter } from './routers/session.ts';
import { setupRouter } from './routers/setup.ts';

export const appRouter = router({
  audit: auditRouter,
  people: peopleRouter,
  session: sessionRouter,
  setup: setupRouter,
});

export type AppRouter = typeof appRouter;
