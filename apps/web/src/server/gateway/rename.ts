// Another name for a director: definitions name it by its id, so nothing else changes.
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import type { Database } from '../db/database.ts';
import type { Director } from '../db/generated/client.ts';
import { PanelError } from '../errors.ts';

export interface NewName {
  readonly directorId: string;
  readonly name: string;
}

export async function renameDirector(db: Database, actor: Actor, { directorId: id, name }: NewName): Promise<Director> {
  return db.$transaction(async (tx) => {
    // Of two who want one name the second gets a clear answer.
    await tx.$executeRaw`LOCK TABLE "Director" IN SHARE ROW EXCLUSIVE MODE`;
    const before = await tx.director.findUnique({ where: { id } });
    if (before === null) throw new PanelError('noSuchDirector', { director: id });
    if (before.name === name) return before;
    if (await tx.director.findUnique({ where: { name }, select: { id: true } }) !== null) throw new PanelError('directorNameTaken', { name });
    const renamed = await tx.director.update({ where: { id }, data: { name } });
    await audit(tx, actor, { action: 'directors.rename', object: { kind: 'director', id, name }, before: { name: before.name }, after: { name } });
    return renamed;
  });
}
