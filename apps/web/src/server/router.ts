// The panel's whole API.
import { router } from './trpc.ts';
import { alertsRouter } from './routers/alerts.ts';
import { auditRouter } from './routers/audit.ts';
import { changesRouter } from './routers/changes.ts';
import { clustersRouter } from './routers/clusters.ts';
import { connectionsRouter } from './routers/connections.ts';
import { directorsRouter } from './routers/directors.ts';
import { driftRouter } from './routers/drift.ts';
import { eventsRouter } from './routers/events.ts';
import { healthRouter } from './routers/health.ts';
import { historyRouter } from './routers/history.ts';
import { draftsRouter } from './routers/drafts.ts';
import { drainsRouter } from './routers/drains.ts';
import { liveRouter } from './routers/live.ts';
import { overridesRouter } from './routers/overrides.ts';
import { peopleRouter } from './routers/people.ts';
import { sampleLoadRouter } from './routers/sample-load.ts';
import { searchRouter } from './routers/search.ts';
import { sessionRouter } from './routers/session.ts';
import { setupRouter } from './routers/setup.ts';

export const appRouter = router({
  alerts: alertsRouter,
  audit: auditRouter,
  changes: changesRouter,
  clusters: clustersRouter,
  connections: connectionsRouter,
  directors: directorsRouter,
  drift: driftRouter,
  events: eventsRouter,
  health: healthRouter,
  history: historyRouter,
  drafts: draftsRouter,
  drains: drainsRouter,
  live: liveRouter,
  overrides: overridesRouter,
  people: peopleRouter,
  sampleLoad: sampleLoadRouter,
  search: searchRouter,
  session: sessionRouter,
  setup: setupRouter,
});

export type AppRouter = typeof appRouter;
