// Enrolment: the one time that the panel shows an agent the secret of its code, over TLS to exactly the key in that code.
import { parseEnrolmentCode } from '@weir/protocol';
import type { AgentFaultCode, EnrolmentCode } from '@weir/protocol';
import { nanoid } from 'nanoid';
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import type { Database, Tx } from '../db/database.ts';
import type { Director } from '../db/generated/client.ts';
import { PanelError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { createAgentClient } from './agent/agent-client.ts';
import type { Deadlines } from './agent/agent-client.ts';
import type { PanelKey } from './panel-key.ts';

export interface EnrolmentParts {
  readonly db: Database;
  readonly panelKey: PanelKey;
  readonly panelName: string;
  readonly deadlines: Deadlines;
}

export interface NewDirector {
  readonly code: string;
  readonly name: string;
}

/** A known director whose agent lost its key, its binding or its host. What the panel knows of the director stays with its id and name. */
export interface KnownDirector {
  readonly directorId: string;
  readonly code: string;
}

export function readCode(text: string): EnrolmentCode {
  const code = parseEnrolmentCode(text);
  if (code === null) throw new PanelError('notACode');
  return code;
}

/** The agent obeys this panel and the director is in the database, or neither; the attempt is in the audit log in any case. */
export async function enrolDirector(parts: EnrolmentParts, actor: Actor, { code: text, name }: NewDirector): Promise<Director> {
  const code = readCode(text);
  const id = nanoid();
  return bind(parts, actor, { action: 'directors.enrol', id, name, code }, async (tx) => {
    await refuseTaken(tx, { id, name, code });
    return tx.director.create({ data: { id, name, address: code.address, keyHash: code.keyHash, enrolledBy: actor.person?.name ?? '' } });
  });
}

/** Gives a known director the key and the address of the code. */
export async function enrolAgain(parts: EnrolmentParts, actor: Actor, before: Director, code: EnrolmentCode): Promise<Director> {
  const { id, name, address, keyHash } = before;
  return bind(parts, actor, { action: 'directors.enrolAgain', id, name, code, before: { address, keyHash } }, async (tx) => {
    await refuseTaken(tx, { id, name, code });
    const data = { address: code.address, keyHash: code.keyHash, enrolledAt: new Date(), enrolledBy: actor.person?.name ?? '' };
    return tx.director.update({ where: { id }, data });
  });
}

interface Binding {
  readonly action: string;
  readonly id: string;
  readonly name: string;
  readonly code: EnrolmentCode;
  readonly before?: { readonly address: string; readonly keyHash: string };
}

async function bind(parts: EnrolmentParts, actor: Actor, { action, id, name, code, before }: Binding, write: (tx: Tx) => Promise<Director>): Promise<Director> {
  const { address, keyHash } = code;
  const change = { action, object: { kind: 'director', id, name }, ...(before !== undefined && { before }) };
  try {
    return await parts.db.$transaction(async (tx) => {
      const director = await write(tx);
      await audit(tx, actor, { ...change, after: { address, keyHash } });
      // Last: what was said to the agent cannot be taken back.
      await present(parts, code, id);
      return director;
    }, { timeout: parts.deadlines.connectMs + parts.deadlines.askMs + 5_000 });
  } catch (error) {
    const reason = error instanceof PanelError ? error.code : 'unexpected';
    await audit(parts.db, actor, { ...change, after: { address, reason }, outcome: 'failed' });
    throw error;
  }
}

/** Two directors with one name or address nobody could tell apart; two with one key would be one agent. */
async function refuseTaken(tx: Tx, { id, name, code: { address, keyHash } }: Pick<Binding, 'id' | 'name' | 'code'>): Promise<void> {
  // One after the other: of two with one name or address the second gets a clear answer.
  await tx.$executeRaw`LOCK TABLE "Director" IN SHARE ROW EXCLUSIVE MODE`;
  const taken = await tx.director.findFirst({ where: { id: { not: id }, OR: [{ address }, { keyHash }, { name }] } });
  if (taken === null) return;
  if (taken.address !== address && taken.keyHash !== keyHash) throw new PanelError('directorNameTaken', { name });
  throw new PanelError('directorAddressTaken', { address: taken.address, director: taken.name, directorId: taken.id });
}

async function present({ panelKey, panelName, deadlines }: EnrolmentParts, { address, keyHash, secret }: EnrolmentCode, directorId: string): Promise<void> {
  const client = createAgentClient({ name: address, address, keyHash }, panelKey, deadlines);
  try {
    const hello = await client.enrol({ secret, directorId, panelName });
    if (hello.directorId !== directorId) throw new PanelError('directorAnswer', { director: address, what: 'directorId' });
  } catch (error) {
    throw enrolmentFailure(error);
  } finally {
    await client.close();
  }
}

const codeOfFault: Readonly<Record<string, ErrorCode | undefined>> = {
  enrolmentClosed: 'enrolmentClosed', wrongSecret: 'enrolmentSecretWrong', alreadyEnrolled: 'alreadyEnrolled',
} satisfies Partial<Record<AgentFaultCode, ErrorCode>>;

/** What a person at the form can do something about has a code of its own. */
function enrolmentFailure(error: unknown): unknown {
  const code = error instanceof PanelError && error.code === 'directorRefused' ? codeOfFault[String(error.params['fault'])] : undefined;
  return code === undefined ? error : new PanelError(code, {}, error);
}
