// Live data: one stream per tab, whose topics change by a mutation, and the last minutes of a topic.
import { Id } from '@weir/model';
import { z } from 'zod';
import { Topic, Topics } from '../../../live/topic.ts';
import { patientViewer, router, viewer } from '../../trpc.ts';

const secondsMax = 900;

export const liveRouter = router({
  stream: viewer
    .input(z.strictObject({ topics: Topics }))
    .subscription(({ ctx, input, signal }) => ctx.services.live.stream(ctx, input.topics, signal)),

  follow: viewer
    .input(z.strictObject({ streamId: Id, topics: Topics }))
    .mutation(({ ctx, input }) => ctx.services.live.follow(ctx, input.streamId, input.topics)),

  history: patientViewer
    .input(z.strictObject({ topic: Topic, seconds: z.int().min(1).max(secondsMax) }))
    .query(({ ctx, input }) => ctx.services.live.history(input.topic, input.seconds)),
});
