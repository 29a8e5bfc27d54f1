// Search: what a person looks for by name, address, port or protocol.
import { SearchInput } from '../../search/found.ts';
import { findObjects } from '../search/find.ts';
import { router, viewer } from '../trpc.ts';

export const searchRouter = router({
  find: viewer
    .input(SearchInput)
    .query(({ ctx, input }) => findObjects({ wanted: ctx.services.clusters.allWanted(), directors: ctx.services.gateway.directors() }, input)),
});
