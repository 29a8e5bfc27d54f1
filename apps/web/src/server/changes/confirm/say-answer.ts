// A person's answer to a change that waits to be confirmed: in the database before any director is told, and only once.
import { audit } from '../../audit.ts';
import type { Author } from '../../clusters/saving/save.ts';
import type { Database } from '../../db/database.ts';
import type { ApplyAnswer } from '../../db/generated/enums.ts';
import { PanelError } from '../../errors.ts';

export interface Said {
  readonly clusterId: string;
  readonly applyId: string;
}

const actions = { confirm: 'changes.confirm', goBack: 'changes.revertNow' } as const satisfies Record<ApplyAnswer, string>;

export async function storeAnswer(db: Database, { person, address }: Author, { clusterId, applyId }: Said, answer: ApplyAnswer): Promise<void> {
  await db.$transaction(async (tx) => {
    const [locked] = await tx.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Apply" WHERE "id" = ${applyId} AND "clusterId" = ${clusterId} FOR UPDATE`;
    if (locked === undefined) throw new PanelError('noSuchApply');
    const apply = await tx.apply.findUniqueOrThrow({
      where: { id: applyId },
      include: { cluster: { select: { name: true } }, directors: { select: { confirmation: true, directorId: true } } },
    });
    if (apply.answer !== null) throw new PanelError('answeredAlready', { author: apply.answeredByName ?? '', answer: apply.answer });
    const running = apply.finishedAt === null;
    if (running && answer === 'confirm') throw new PanelError('applyRunning', { author: apply.authorName });
    const waits = apply.confirmWithinMs !== null && apply.directors.some(({ confirmation, directorId }) => confirmation === 'waiting' && directorId !== null);
    if (!waits && !(running && apply.confirmWithinMs !== null)) throw new PanelError('nothingToConfirm');
    await tx.apply.update({ where: { id: applyId }, data: { answer, answeredAt: new Date(), answeredById: person.id, answeredByName: person.name } });
    await audit(tx, { person, address }, {
      action: actions[answer], object: { kind: 'cluster', id: clusterId, ...(apply.cluster.name !== null && { name: apply.cluster.name }) }, after: { applyId, revision: apply.revisionNumber },
    });
  });
}
