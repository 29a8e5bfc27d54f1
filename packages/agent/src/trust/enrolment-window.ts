// The short time in which a panel may bind itself to this agent: opened by a person on the host, used by the daemon.
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { DataFolder } from '../disk/data-folder.ts';
import { RequestFault } from '../fault.ts';

const SECRET_BYTES = 16;
const OPEN_MS = 15 * 60_000;
const TRIES = 5;

type Files = Pick<DataFolder, 'window' | 'tries'>;

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Opens enrolment anew and gives its secret, which is kept nowhere. An older one is closed by that. */
export async function openWindow({ window }: Files, clock: Clock): Promise<string> {
  const secret = randomBytes(SECRET_BYTES).toString('hex');
  await window.write({
    format: 1, windowId: randomUUID(), secretHash: hashOf(secret).toString('hex'), expiresAtMs: clock.nowMs() + OPEN_MS,
  });
  return secret;
}

/** Uses up one try. It is on the disk before the secret is looked at, so that a killed daemon does not give it back. */
export async function tryWindow({ window, tries }: Files, secret: string, clock: Clock): Promise<void> {
  const open = await window.read();
  if (open === null || clock.nowMs() >= open.expiresAtMs) throw new RequestFault('enrolmentClosed');
  const counted = await tries.read();
  const left = counted?.windowId === open.windowId ? counted.left : TRIES;
  if (left === 0) throw new RequestFault('enrolmentClosed');
  await tries.write({ format: 1, windowId: open.windowId, left: left - 1 });
  if (!timingSafeEqual(hashOf(secret), Buffer.from(open.secretHash, 'hex'))) {
    throw new RequestFault('wrongSecret', { triesLeft: left - 1 });
  }
}

/** The code that was used opens nothing any more, whatever becomes of the binding. */
export async function closeWindow({ window, tries }: Files): Promise<void> {
  const open = await window.read();
  if (open !== null) await tries.write({ format: 1, windowId: open.windowId, left: 0 });
}
