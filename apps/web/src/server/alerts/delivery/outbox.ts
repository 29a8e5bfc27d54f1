// Sends what waits: each channel by itself, one message after the other, marked once somebody took it. What was sent and not marked is sent again.
import { QuietHours, quietUntil } from '@weir/model';
import { ZodError } from 'zod';
import type { Database, Tx } from '../../db/database.ts';
import type { AlertChannel, AlertMessage, Prisma } from '../../db/generated/client.ts';
import type { Logger } from '../../logger.ts';
import type { ChannelAnswer } from '../../../alerts/alert.ts';
import { addressesOf } from '../channels.ts';
import type { Came } from './answer.ts';
import { compose, Composed } from './compose.ts';
import { sendMail } from './mail.ts';
import { nextTryMs } from './retry.ts';
import { postWebHook } from './web-hook.ts';

export interface OutboxParts {
  readonly db: Database;
  readonly logger: Logger;
  readonly nowMs: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** Of one try. */
  readonly deadlineMs: number;
  /** Of the panel, for links; null: not known. */
  readonly origin: string | null;
}

/** Of one channel, looked at in one go; the others a moment later. */
const DUE_MAX = 500;

/** After an earlier message about the same. */
const AFTER_EARLIER_MS = 1_000;

/** When an earlier message to the same channel about one of its alerts is tried next; null: none waits. */
async function earlierTry(tx: Tx, { id, channelId, madeAt }: AlertMessage): Promise<number | null> {
  const [earlier] = await tx.$queryRaw<{ nextTryAt: Date }[]>`
    SELECT m."nextTryAt" FROM "AlertMessage" AS m
     WHERE m."channelId" = ${channelId} AND m."state" = 'waiting' AND m."madeAt" < ${madeAt} AND EXISTS (
       SELECT FROM "AlertMessageItem" AS mine JOIN "AlertMessageItem" AS its ON its."alertId" = mine."alertId" WHERE mine."messageId" = ${id} AND its."messageId" = m."id")
     ORDER BY m."nextTryAt" DESC LIMIT 1`;
  return earlier?.nextTryAt.getTime() ?? null;
}

/** What is kept cannot be read, or no words can be made of it. All else is the database's, and may be gone a moment later. */
function isUnwritable(error: unknown): boolean {
  return [SyntaxError, ZodError, TypeError, RangeError].some((kind) => error instanceof kind);
}

/** Null: it cannot be read, and is composed anew. */
function keptOf(body: string): Composed | null {
  try {
    return Composed.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

export class Outbox {
  readonly #parts: OutboxParts;
  readonly #busy = new Map<string, Promise<void>>();
  readonly #ending = new AbortController();

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Begins what is due; a channel that is still at work is left alone. */
  async look(): Promise<void> {
    const { db, nowMs } = this.#parts;
    const due = { state: 'waiting', nextTryAt: { lte: new Date(nowMs()) } };
    for (const { channelId } of await db.alertMessage.groupBy({ by: ['channelId'], where: due })) {
      if (this.#busy.has(channelId) || this.#ending.signal.aborted) continue;
      const working = this.#work(channelId, due)
        .catch((error: unknown) => this.#parts.logger.error({ err: error, channelId }, 'messages of alerts could not be sent'))
        .finally(() => this.#busy.delete(channelId));
      this.#busy.set(channelId, working);
    }
  }

  /** When nothing is under way. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  /** What is under way breaks off, and is sent again by the next start. */
  async close(): Promise<void> {
    this.#ending.abort();
    await this.idle();
  }

  send(channel: AlertChannel, deliveryId: string, composed: Composed): Promise<ChannelAnswer> {
    return this.#timed(() => this.#post(channel, deliveryId, composed));
  }

  async #work(channelId: string, due: Prisma.AlertMessageWhereInput): Promise<void> {
    const channel = await this.#parts.db.alertChannel.findUnique({ where: { id: channelId } });
    for (const { id } of await this.#parts.db.alertMessage.findMany({ where: { ...due, channelId }, orderBy: { nextTryAt: 'asc' }, take: DUE_MAX, select: { id: true } })) {
      if (this.#ending.signal.aborted) return;
      if (channel === null) await this.#parts.db.alertMessage.updateMany({ where: { id, state: 'waiting' }, data: { state: 'givenUp', nextTryAt: null } });
      // Who took nothing now is asked again a moment later, for the next one too.
      else if (!await this.#try(channel, id)) return;
    }
  }

  /** Whether the channel may be asked for the next one. */
  async #try(channel: AlertChannel, id: string): Promise<boolean> {
    const ready = await this.#prepare(channel, id).catch((error: unknown) => this.#passOver(id, error));
    if (ready === null) return true;
    const { message, composed } = ready;
    const answer = await this.send(channel, id, composed);
    const taken = answer.code === 'ok';
    if (taken || !this.#ending.signal.aborted) await this.#mark(message, answer);
    return taken;
  }

  /** It holds up no other. What cannot be written is given up like what nobody takes; what the database refused is due still, at the next look. */
  async #passOver(id: string, error: unknown): Promise<null> {
    const { db, logger, nowMs } = this.#parts;
    logger.error({ err: error, messageId: id }, 'a message of alerts could not be written');
    const message = isUnwritable(error) ? await db.alertMessage.findUnique({ where: { id } }) : null;
    if (message !== null) await this.#mark({ ...message, firstTryAt: message.firstTryAt ?? new Date(nowMs()) }, null);
    return null;
  }

  /** Null: there is nothing to send, or not now. */
  async #prepare(channel: AlertChannel, id: string): Promise<{ readonly message: AlertMessage; readonly composed: Composed } | null> {
    const { db, nowMs, origin } = this.#parts;
    return db.$transaction(async (tx) => {
      // Nobody adds to it from here on.
      const [locked] = await tx.$queryRaw<{ id: string }[]>`SELECT "id" FROM "AlertMessage" WHERE "id" = ${id} AND "state" = 'waiting' FOR UPDATE`;
      const message = locked === undefined ? null : await tx.alertMessage.findUnique({ where: { id } });
      if (message === null) return null;
      const earlierMs = await earlierTry(tx, message);
      if (earlierMs !== null) {
        // Who hears that something is over and then that it fires, believes that it fires.
        await tx.alertMessage.update({ where: { id }, data: { nextTryAt: new Date(Math.max(earlierMs, nowMs()) + AFTER_EARLIER_MS) } });
        return null;
      }
      const quietHours = QuietHours.nullable().parse(message.quietHours);
      const untilMs = quietHours === null ? nowMs() : quietUntil(quietHours, nowMs());
      if (untilMs > nowMs()) {
        await tx.alertMessage.update({ where: { id }, data: { nextTryAt: new Date(untilMs), ...(message.body === null && { wasQuiet: true }) } });
        return null;
      }
      const kept = message.body === null ? null : keptOf(message.body);
      // The channel may have become one of the other kind.
      const composed = kept?.kind === (channel.url === null ? 'email' : 'webHook') ? kept : await compose({ tx, origin }, message, channel);
      if (composed === null) {
        await tx.alertMessage.update({ where: { id }, data: { state: 'dropped', nextTryAt: null } });
        return null;
      }
      const data = { firstTryAt: message.firstTryAt ?? new Date(nowMs()), body: JSON.stringify(composed) };
      return { message: await tx.alertMessage.update({ where: { id }, data }), composed };
    });
  }

  /** Null: nobody was asked. */
  async #mark({ id, tries: before, firstTryAt }: AlertMessage, answer: ChannelAnswer | null): Promise<void> {
    const { db, nowMs, random } = this.#parts;
    const tries = before + 1;
    const nextMs = answer?.code === 'ok' ? null : nextTryMs({ tries, firstTryMs: firstTryAt?.getTime() ?? nowMs(), nowMs: nowMs(), random: random() });
    const state = answer?.code === 'ok' ? 'sent' : nextMs === null ? 'givenUp' : 'waiting';
    const data = { state, tries, firstTryAt, nextTryAt: nextMs === null ? null : new Date(nextMs), ...(answer !== null && { lastAnswer: { ...answer } }) };
    // What is not sent again need not be kept: it says what its alerts say.
    await db.alertMessage.updateMany({ where: { id, state: 'waiting' }, data: { ...data, ...(nextMs === null && { body: null }) } });
  }

  async #timed(post: () => Promise<Came>): Promise<ChannelAnswer> {
    const startedAt = performance.now();
    const came = await post();
    return { ...came, atMs: this.#parts.nowMs(), tookMs: Math.round(performance.now() - startedAt) };
  }

  async #post(channel: AlertChannel, deliveryId: string, composed: Composed): Promise<Came> {
    const { db, nowMs, deadlineMs } = this.#parts;
    const { url, token, hmacSecret } = channel;
    const { signal: ending } = this.#ending;
    if (composed.kind === 'webHook') return url === null ? { code: 'badUrl', status: null, body: null } : postWebHook({ url, token, hmacSecret }, { deliveryId, json: composed.json, nowMs: nowMs(), deadlineMs, ending });
    const server = await db.mailServer.findUnique({ where: { id: 1 } });
    if (server === null) return { code: 'noMailServer', status: null, body: null };
    return sendMail(server, { deliveryId, to: addressesOf(channel), subject: composed.subject, text: composed.text, deadlineMs, ending });
  }
}
