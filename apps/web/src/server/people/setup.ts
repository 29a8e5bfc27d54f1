// The one-time link with which the first administrator is made.
import { createHash, randomBytes } from 'node:crypto';
import { nanoid } from 'nanoid';
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import type { Database } from '../db/database.ts';
import { PanelError } from '../errors.ts';
import { createPerson, hashPassword } from './accounts.ts';

export const setupLinkMinutes = 30;
const tokenBytes = 32;

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export async function setupNeeded(db: Database): Promise<boolean> {
  return (await db.user.findFirst({ select: { id: true } })) === null;
}

/** A new token, which is the only valid one from now on; null once there is a person. */
export async function issueSetupToken(db: Database, now: Date): Promise<string | null> {
  const token = randomBytes(tokenBytes).toString('base64url');
  const expiresAt = new Date(now.getTime() + setupLinkMinutes * 60_000);
  return db.$transaction(async (tx) => {
    await tx.setupToken.deleteMany({ where: { usedAt: null } });
    if ((await tx.user.findFirst({ select: { id: true } })) !== null) return null;
    await tx.setupToken.create({ data: { id: nanoid(), hash: hashOf(token), createdAt: now, expiresAt } });
    return token;
  });
}

export interface FirstAdmin {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

function usableAt(token: string, now: Date) {
  return { hash: hashOf(token), usedAt: null, expiresAt: { gt: now } };
}

export async function isUsableLink(db: Database, token: string, now: Date): Promise<boolean> {
  return (await db.setupToken.findFirst({ where: usableAt(token, now), select: { id: true } })) !== null;
}

export async function createFirstAdmin(db: Database, actor: Actor, input: FirstAdmin, now: Date): Promise<void> {
  // Before the hashing, which costs more than a stranger should be able to ask for.
  if (!await isUsableLink(db, input.token, now)) throw new PanelError('setupLinkInvalid');
  const passwordHash = await hashPassword(input.password);
  await db.$transaction(async (tx) => {
    // The row lock lets one of two requests with the same link through.
    const { count } = await tx.setupToken.updateMany({ where: usableAt(input.token, now), data: { usedAt: now } });
    if (count !== 1 || (await tx.user.findFirst({ select: { id: true } })) !== null) throw new PanelError('setupLinkInvalid');
    const person = await createPerson(tx, { name: input.name, email: input.email, role: 'admin', passwordHash });
    await audit(tx, { person, address: actor.address }, {
      action: 'setup.createAdmin',
      object: { kind: 'person', ...person },
      after: { email: input.email, role: 'admin' },
    });
  });
}
