// Drafts: everybody's own; of others only that they are open. They are not in the audit log: nothing of them is wanted yet.
import { DraftValues, Id } from '@weir/model';
import { z } from 'zod';
import { discardDraft, openDrafts, readDraft, saveDraft } from '../../drafts/drafts.ts';
import { clusterOperator, operator, router, viewer } from '../../trpc.ts';

// The columns' largest.
const Count = z.int().min(1).max(2_147_483_646);
const ofCluster = z.strictObject({ clusterId: Id });
const ofNew = z.strictObject({});
const Discarded = z.strictObject({ version: Count.optional() });
const Saved = z.strictObject({ version: Count.nullable(), values: DraftValues });

export const draftsRouter = router({
  open: viewer.input(ofNew).query(({ ctx }) => openDrafts(ctx.services.db, ctx.person.id)),

  mine: clusterOperator.input(ofCluster).query(({ ctx, input }) => readDraft(ctx.services.db, { personId: ctx.person.id, ...input })),

  save: clusterOperator
    .input(Saved.extend({ clusterId: Id, base: Count }))
    .mutation(({ ctx, input }) => saveDraft(ctx.services.db, { personId: ctx.person.id, ...input })),

  discard: clusterOperator.input(Discarded.extend({ clusterId: Id })).mutation(({ ctx, input }) => discardDraft(ctx.services.db, { personId: ctx.person.id, ...input })),

  /** Of a cluster that is not there yet. */
  mineNew: operator.input(ofNew).query(({ ctx }) => readDraft(ctx.services.db, { personId: ctx.person.id, clusterId: null })),

  saveNew: operator.input(Saved).mutation(({ ctx, input }) => saveDraft(ctx.services.db, { personId: ctx.person.id, clusterId: null, base: null, ...input })),

  discardNew: operator.input(Discarded).mutation(({ ctx, input }) => discardDraft(ctx.services.db, { personId: ctx.person.id, clusterId: null, ...input })),
});
