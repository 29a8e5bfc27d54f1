// How many bytes history may take: a setting that administrators change.
import { z } from 'zod';
import { audit } from '../../audit.ts';
import type { Actor } from '../../audit.ts';
import type { Database } from '../../db/database.ts';
import { budgetMaxBytes, budgetMinBytes, defaultBudgetBytes } from '../../../history/storage.ts';

export const BudgetBytes = z.int().min(budgetMinBytes).max(budgetMaxBytes);

export async function readBudget(db: Database): Promise<number> {
  const setting = await db.historySetting.findFirst();
  return setting === null ? defaultBudgetBytes : Number(setting.budgetBytes);
}

export async function setBudget(db: Database, actor: Actor, budgetBytes: number): Promise<void> {
  await db.$transaction(async (tx) => {
    const before = await tx.historySetting.findFirst();
    await tx.historySetting.upsert({ where: { only: true }, create: { budgetBytes }, update: { budgetBytes } });
    await audit(tx, actor, {
      action: 'history.setBudget', object: { kind: 'history' },
      before: { budgetBytes: before === null ? defaultBudgetBytes : Number(before.budgetBytes) }, after: { budgetBytes },
    });
  });
}
