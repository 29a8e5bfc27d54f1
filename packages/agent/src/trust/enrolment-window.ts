// The short time in which a panel may bind itself to this agent: opened by a person on the host, used by the daemon.
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { DataFolder, EnrolmentWindow } from '../disk/data-folder.ts';
import { RequestFault } from '../fault.ts';

const SECRET_BYTES = 16;
const OPEN_MS = 15 * 60_000;
const TRIES = 5;

type Files = Pick<DataFolder, 'window' | 'tries'>;

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

function fits(secret: string, { secretHash }: EnrolmentWindow): boolean {
  return timingSafeEqual(hashOf(secret), Buffer.from(secretHash, 'hex'));
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
  if (!fits(secret, open)) {
    throw new RequestFault('wrongSecret', { triesLeft: left - 1 });
  }
}

/** Whether it is the secret of the newest code, open or not: what the panel that was bound by it presents again. */
export async function isNewestSecret({ window }: Files, secret: string): Promise<boolean> {
  const newest = await window.read();
  return newest !== null && fits(secret, newest);
}

/** The code that was used opens nothing any more, whatever becomes of the binding. */
export async function closeWindow({ window, tries }: Files): Promise<void> {
  const open = await window.read();
  if (open !== null) await tries.write({ format: 1, windowId: open.windowId, left: 0 });
}
