// A person's account: the user and the password, as better-auth keeps them.
import { hashPassword } from 'better-auth/crypto';
import { nanoid } from 'nanoid';
import type { Tx } from '../db/database.ts';
import { Prisma } from '../db/generated/client.ts';
import type { Role } from '../db/generated/enums.ts';
import { PanelError } from '../errors.ts';

const credential = 'credential';

export { hashPassword };

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Hashing takes long: done before the transaction. */
  readonly passwordHash: string;
}

export async function createPerson(tx: Tx, { name, email, role, passwordHash }: NewPerson): Promise<{ id: string; name: string }> {
  const id = nanoid();
  const accounts = { create: { id: nanoid(), providerId: credential, accountId: id, password: passwordHash } };
  try {
    return await tx.user.create({ data: { id, name, email, role, accounts }, select: { id: true, name: true } });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw new PanelError('emailTaken', { email }, error);
    throw error;
  }
}

export async function writePassword(tx: Tx, userId: string, passwordHash: string): Promise<void> {
  await tx.account.updateMany({ where: { userId, providerId: credential }, data: { password: passwordHash, updatedAt: new Date() } });
}

/** Call before an administrator loses the role. Whoever else takes an administrator away meanwhile has to wait. */
export async function refuseLastAdmin(tx: Tx, userId: string): Promise<void> {
  const admins = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "User" WHERE "role" = 'admin' AND "disabledAt" IS NULL ORDER BY "id" FOR UPDATE`;
  if (admins.length === 1 && admins[0]?.id === userId) throw new PanelError('lastAdmin');
}
