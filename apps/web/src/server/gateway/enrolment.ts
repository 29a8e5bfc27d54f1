// Enrolment: the one time that the panel shows an agent the secret of its code, over TLS to exactly the key in that code.
import { parseEnrolmentCode, PROTOCOL_VERSION } from '@weir/protocol';
import type { AgentFaultCode, EnrolmentCode } from '@weir/protocol';
import { nanoid } from 'nanoid';
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import type { Database, Tx } from '../db/database.ts';
import type { Director } from '../db/generated/client.ts';
import { PanelError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { createAgentClient } from './agent-client.ts';
import type { Deadlines } from './agent-client.ts';
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

export function readCode(text: string): EnrolmentCode {
  const code = parseEnrolmentCode(text);
  if (code === null) throw new PanelError('notACode');
  return code;
}

/** The agent obeys this panel and the director is in the database, or neither; the attempt is in the audit log in any case. */
export async function enrolDirector(parts: EnrolmentParts, actor: Actor, { code: text, name }: NewDirector): Promise<Director> {
  const code = readCode(text);
  const id = nanoid();
  const action = 'directors.enrol';
  const object = { kind: 'director', id, name };
  try {
    return await parts.db.$transaction(async (tx) => {
      const director = await createRow(tx, { id, name, address: code.address, keyHash: code.keyHash, enrolledBy: actor.person?.name ?? '' });
      await audit(tx, actor, { action, object, after: { address: code.address, keyHash: code.keyHash } });
      // Last: what was said to the agent cannot be taken back.
      await present(parts, code, id);
      return director;
    }, { timeout: parts.deadlines.connectMs + parts.deadlines.askMs + 5_000 });
  } catch (error) {
    const reason = error instanceof PanelError ? error.code : 'unexpected';
    await audit(parts.db, actor, { action, object, after: { address: code.address, reason }, outcome: 'failed' });
    throw error;
  }
}

async function createRow(tx: Tx, data: Omit<Director, 'enrolledAt'>): Promise<Director> {
  // One after the other: of two with one name or address the second gets a clear answer.
  await tx.$executeRaw`LOCK TABLE "Director" IN SHARE ROW EXCLUSIVE MODE`;
  const taken = await tx.director.findFirst({ where: { OR: [{ address: data.address }, { name: data.name }] } });
  if (taken?.address === data.address) throw new PanelError('directorAddressTaken', { address: data.address, director: taken.name });
  if (taken !== null) throw new PanelError('directorNameTaken', { name: data.name });
  return tx.director.create({ data });
}

async function present({ panelKey, panelName, deadlines }: EnrolmentParts, { address, keyHash, secret }: EnrolmentCode, directorId: string): Promise<void> {
  const client = createAgentClient({ name: address, address, keyHash }, panelKey, deadlines);
  try {
    const hello = await client.enrol({ version: PROTOCOL_VERSION, secret, directorId, panelName });
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
