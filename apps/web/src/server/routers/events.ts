// The stream of events: everyone may see what happened; what was sent to real servers, only those who operate the cluster.
import { EventsInput } from '../../events/event.ts';
import { operates } from '../auth/operates.ts';
import { router, viewer } from '../trpc.ts';

export const eventsRouter = router({
  list: viewer.input(EventsInput).query(({ ctx, input }) => ctx.services.events.read(input, (clusterId) => operates(ctx.person, clusterId))),
});
