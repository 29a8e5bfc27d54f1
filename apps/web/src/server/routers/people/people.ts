// People and their roles. What takes rights away ends the person's sessions, and with them the open streams.
import { Id } from '@weir/model';
import { z } from 'zod';
import { audit } from '../../audit.ts';
import type { AuditedChange } from '../../audit.ts';
import type { Tx } from '../../db/database.ts';
import { PanelError } from '../../errors.ts';
import { createPerson, hashPassword, refuseLastAdmin, writePassword } from '../../people/accounts.ts';
import { limitToClusters } from '../../people/clusters.ts';
import type { LimitedPerson } from '../../people/clusters.ts';
import { Email, Password, PersonName, RoleName } from '../../people/fields.ts';
import { admin, router } from '../../trpc.ts';
import type { Context } from '../../trpc.ts';

const shown = { id: true, name: true, email: true, role: true, disabledAt: true, createdAt: true, clustersLimited: true } as const;
const ClusterIds = z.array(Id).max(1_000).nullable();

interface Found extends LimitedPerson {
  readonly disabledAt: Date | null;
}

/** One change of one person: done, audited and the sessions ended, or nothing of it. */
async function changePerson(
  ctx: Context,
  id: string,
  action: string,
  change: (tx: Tx, person: Found) => Promise<Pick<AuditedChange, 'before' | 'after'>>,
): Promise<void> {
  const { db, auth } = ctx.services;
  const ended = await db.$transaction(async (tx) => {
    const person = await tx.user.findUnique({ where: { id }, select: shown });
    if (person === null) throw new PanelError('noSuchPerson');
    const sessionIds = await auth.sessions.end(tx, { userId: id });
    const effect = await change(tx, person);
    await audit(tx, ctx, { action, object: { kind: 'person', id, name: person.name }, ...effect });
    return sessionIds;
  });
  auth.sessions.announceEnd(ended);
}

export const peopleRouter = router({
  /** `clusterIds`: those that the person is limited to; null for all. */
  list: admin.query(async ({ ctx }) => {
    const people = await ctx.services.db.user.findMany({ select: { ...shown, clusters: { select: { clusterId: true } } }, orderBy: { name: 'asc' } });
    return people.map(({ clustersLimited, clusters, ...person }) => ({
      ...person, clusterIds: clustersLimited ? clusters.map(({ clusterId }) => clusterId) : null,
    }));
  }),

  /** `clusterIds`: those that an operator is limited to from the first moment; null or absent for all. */
  create: admin
    .input(z.strictObject({ name: PersonName, email: Email, password: Password, role: RoleName, clusterIds: ClusterIds.optional() }))
    .mutation(async ({ ctx, input: { password, clusterIds = null, ...input } }) => {
      const passwordHash = await hashPassword(password);
      return ctx.services.db.$transaction(async (tx) => {
        const person = await createPerson(tx, { ...input, passwordHash });
        const limited = clusterIds === null ? null : await limitToClusters(tx, { ...person, role: input.role, clustersLimited: false }, clusterIds);
        await audit(tx, ctx, { action: 'people.create', object: { kind: 'person', ...person }, after: { ...input, ...limited?.after } });
        return person;
      });
    }),

  setRole: admin.input(z.strictObject({ id: Id, role: RoleName })).mutation(async ({ ctx, input: { id, role } }) => {
    await changePerson(ctx, id, 'people.setRole', async (tx, person) => {
      if (role !== 'admin') await refuseLastAdmin(tx, id);
      await tx.user.update({ where: { id }, data: { role } });
      return { before: { role: person.role }, after: { role } };
    });
  }),

  setClusters: admin
    .input(z.strictObject({ id: Id, clusterIds: ClusterIds }))
    .mutation(async ({ ctx, input: { id, clusterIds } }) => {
      await changePerson(ctx, id, 'people.setClusters', (tx, person) => limitToClusters(tx, person, clusterIds));
    }),

  setPassword: admin.input(z.strictObject({ id: Id, password: Password })).mutation(async ({ ctx, input }) => {
    const passwordHash = await hashPassword(input.password);
    await changePerson(ctx, input.id, 'people.setPassword', async (tx) => {
      await writePassword(tx, input.id, passwordHash);
      return {};
    });
  }),

  setDisabled: admin.input(z.strictObject({ id: Id, disabled: z.boolean() })).mutation(async ({ ctx, input: { id, disabled } }) => {
    await changePerson(ctx, id, 'people.setDisabled', async (tx, person) => {
      if (disabled) await refuseLastAdmin(tx, id);
      await tx.user.update({ where: { id }, data: { disabledAt: disabled ? (person.disabledAt ?? new Date()) : null } });
      return { before: { disabled: person.disabledAt !== null }, after: { disabled } };
    });
  }),

  remove: admin.input(z.strictObject({ id: Id })).mutation(async ({ ctx, input: { id } }) => {
    await changePerson(ctx, id, 'people.remove', async (tx, person) => {
      await refuseLastAdmin(tx, id);
      await tx.user.delete({ where: { id } });
      return { before: { role: person.role } };
    });
  }),
});
