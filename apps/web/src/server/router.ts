// The panel's whole API.
import { router } from './trpc.ts';
import { alertsRouter } from './routers/alerts.ts';
import { auditRouter } from './routers/audit.ts';
import { changesRouter } from './routers/clusters/changes.ts';
import { clustersRouter } from './routers/clusters/clusters.ts';
import { connectionsRouter } from './routers/traffic/connections.ts';
import { directorsRouter } from './routers/directors.ts';
import { driftRouter } from './routers/clusters/drift.ts';
import { eventsRouter } from './routers/events.ts';
import { healthRouter } from './routers/clusters/health.ts';
import { historyRouter } from './routers/traffic/history.ts';
import { draftsRouter } from './routers/clusters/drafts.ts';
import { drainsRouter } from './routers/clusters/drains.ts';
import { liveRouter } from './routers/traffic/live.ts';
import { overridesRouter } from './routers/clusters/overrides.ts';
import { peopleRouter } from './routers/people/people.ts';
import { sampleLoadRouter } from './routers/traffic/sample-load.ts';
import { searchRouter } from './routers/search.ts';
import { sessionRouter } from './routers/people/session.ts';
import { setupRouter } from './routers/people/setup.ts';

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
