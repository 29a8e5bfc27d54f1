// What a panel can ask of an agent: one procedure per sentence of the protocol.
import { tracked } from '@trpc/server';
import { ConnectionList, Followed } from '@weir/model';
import {
  ActualReading, ApplyInput, ApplyOutput, ApplyStatus, ApplyStatusInput, ConfirmAnswer, ConfirmInput, ConnectionsInput, DirectorState, DrainInput, EndDrainInput, EndOverrideInput, EnrolInput, EvidenceInput, FollowInput, HealthEvidence, Hello, Inspection, JournalCommitted, JournalCommittedInput, JournalInput, OverrideInput,
  encodeRecent, PlanInput, PlanOutput, PROTOCOL_VERSION, RecentInput, Released, ReleaseInput, Zeroed, ZeroInput,
} from '@weir/protocol';
import { z } from 'zod';
import { middleware, procedure, router } from './api/trpc.ts';
import { RequestFault } from './fault.ts';

/** A client that comes back names the last event it saw; it gets the present, not what it missed. */
const StreamInput = z.strictObject({ lastEventId: z.string().max(128).nullish() }).optional();

// What every version of the protocol says: a later one may enrol with more than this one knows.
const Versioned = z.object({ version: EnrolInput.shape.version });

const ofThisVersion = middleware(({ input, next }) => {
  const { version } = Versioned.parse(input);
  if (version !== PROTOCOL_VERSION) throw new RequestFault('versionMismatch', { agent: PROTOCOL_VERSION, panel: version });
  return next();
});

export const agentRouter = router({
  /** The only procedure that is open before a panel is bound. */
  enrol: procedure.input(Versioned).use(ofThisVersion).input(EnrolInput).output(Hello)
    .mutation(({ ctx, input }) => ctx.daemon.enrol(input, ctx.callerKey)),
  hello: procedure.output(Hello).query(({ ctx }) => ctx.daemon.hello()),
  release: procedure.input(ReleaseInput).output(Released)
    .mutation(({ ctx, input }) => ctx.daemon.release(input)),
  state: procedure.output(DirectorState).query(({ ctx }) => ctx.daemon.state()),
  actual: procedure.output(ActualReading).query(({ ctx }) => ctx.daemon.actual()),
  /** Changes nothing; a mutation because a definition does not fit in an address. */
  plan: procedure.input(PlanInput).output(PlanOutput)
    .mutation(({ ctx, input }) => ctx.daemon.plan(input)),
  /** tRPC keeps the name `apply` for itself. */
  applyChange: procedure.input(ApplyInput).output(ApplyOutput)
    .mutation(({ ctx, input }) => ctx.daemon.apply(input)),
  applyStatus: procedure.input(ApplyStatusInput).output(ApplyStatus)
    .query(({ ctx, input }) => ctx.daemon.applyStatus(input.applyId)),
  confirm: procedure.input(ConfirmInput).output(ConfirmAnswer)
    .mutation(({ ctx, input }) => ctx.daemon.confirm(input)),
  goBack: procedure.input(ConfirmInput).output(ConfirmAnswer)
    .mutation(({ ctx, input }) => ctx.daemon.goBack(input)),
  setOverride: procedure.input(OverrideInput).output(DirectorState)
    .mutation(({ ctx, input }) => ctx.daemon.setOverride(input.override)),
  endOverride: procedure.input(EndOverrideInput).output(DirectorState)
    .mutation(({ ctx, input }) => ctx.daemon.endOverride(input.overrideId)),
  startDrain: procedure.input(DrainInput).output(DirectorState)
    .mutation(({ ctx, input }) => ctx.daemon.startDrain(input.drain)),
  endDrain: procedure.input(EndDrainInput).output(DirectorState)
    .mutation(({ ctx, input }) => ctx.daemon.endDrain(input.drainId)),
  connections: procedure.input(ConnectionsInput).output(ConnectionList)
    .query(({ ctx, input }) => ctx.daemon.connections(input)),
  follow: procedure.input(FollowInput).output(Followed)
    .query(({ ctx, input }) => ctx.daemon.follow(input)),
  inspect: procedure.output(Inspection).query(({ ctx }) => ctx.daemon.inspect()),
  healthEvidence: procedure.input(EvidenceInput).output(HealthEvidence)
    .query(({ ctx, input }) => ctx.daemon.evidence(input)),
  zero: procedure.input(ZeroInput).output(Zeroed)
    .mutation(({ ctx, input }) => ctx.daemon.zero(input)),
  // The next two are as long as answers get, made by schemas and parsed by the panel: here they are not parsed again.
  journal: procedure.input(JournalInput).query(({ ctx, input }) => ctx.daemon.journal(input)),
  recent: procedure.input(RecentInput).query(async ({ ctx, input }) => encodeRecent(await ctx.daemon.recent(input))),
  journalCommitted: procedure.input(JournalCommittedInput).output(JournalCommitted)
    .mutation(({ ctx, input }) => ctx.daemon.journalCommitted(input)),
  stream: procedure.input(StreamInput).subscription(async function* stream({ ctx, signal }) {
    if (signal === undefined) return;
    for await (const { id, event } of ctx.daemon.events(signal)) yield tracked(id, event);
  }),
});

export type AgentRouter = typeof agentRouter;
