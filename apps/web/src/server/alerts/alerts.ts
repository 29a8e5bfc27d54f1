// Alerts: looked for every other second, sent by an outbox, seen and acknowledged by people.
import type { z } from 'zod';
import type { AlertChannel, AlertDelivery, AlertRule, AlertsInput, AlertsPage, ChannelAnswer, MailServer, SaveChannel, SetMailServer, WatchedCertificate } from '../../alerts/alert.ts';
import type { Actor } from '../audit.ts';
import type { Author } from '../clusters/saving/save.ts';
import { PanelError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { nanoid } from 'nanoid';
import { audit } from '../audit.ts';
import { acknowledge } from './acknowledge.ts';
import type { Acknowledgement } from './acknowledge.ts';
import { listChannels, readMailServer, removeChannel, saveChannel, setMailServer } from './channels.ts';
import type { ConditionParts } from './conditions/conditions.ts';
import { Course } from './course.ts';
import { testMessage } from './delivery/compose.ts';
import { Outbox } from './delivery/outbox.ts';
import { countCalling, listAlerts, listDeliveries } from './read.ts';
import { Rules } from './rules.ts';
import { sweepAlerts } from './sweep.ts';

export interface AlertsParts extends ConditionParts {
  readonly logger: Logger;
  readonly nowMs: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** Of the panel, for links in messages; null: not known. */
  readonly origin: string | null;
  /** Of one try to send. */
  readonly deadlineMs?: number;
}

const LOOK_EVERY_MS = 2_000;
const SWEEP_EVERY_MS = 10 * 60_000;
const usualDeadlineMs = 10_000;

export class Alerts {
  readonly #parts: AlertsParts;
  readonly #rules: Rules;
  readonly #course: Course;
  readonly #outbox: Outbox;
  #timers: NodeJS.Timeout[] = [];
  #looking: Promise<void> | null = null;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(parts: AlertsParts) {
    this.#parts = parts;
    this.#rules = new Rules(parts.db);
    this.#course = new Course(parts, this.#rules);
    this.#outbox = new Outbox({ ...parts, deadlineMs: parts.deadlineMs ?? usualDeadlineMs });
  }

  async start(): Promise<void> {
    await this.#rules.start();
    await this.#course.start();
  }

  /** From now on by itself. */
  watch(): void {
    const { db, logger, nowMs } = this.#parts;
    const look = (): void => {
      this.look().catch((error: unknown) => logger.error({ err: error }, 'alerts could not be looked for'));
    };
    const sweep = (): void => {
      this.#sweeping = sweepAlerts(db, nowMs()).catch((error: unknown) => logger.error({ err: error }, 'old alerts could not be cleared'));
    };
    this.#timers = [setInterval(look, LOOK_EVERY_MS), setInterval(sweep, SWEEP_EVERY_MS)];
  }

  /** One after the other. What fires is written before anything is sent; what waits is sent also where nothing could be looked for. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => { this.#looking = null; });
    return this.#looking;
  }

  async #look(): Promise<void> {
    try {
      await this.#course.look(this.#parts.nowMs());
    } finally {
      await this.#outbox.look();
    }
  }

  /** When nothing is being sent. */
  idle(): Promise<void> {
    return this.#outbox.idle();
  }

  list(asked: z.infer<typeof AlertsInput>): Promise<AlertsPage> {
    return listAlerts(this.#parts.db, asked, (id) => this.#course.seenNow(id));
  }

  calling(): Promise<number> {
    return countCalling(this.#parts.db);
  }

  deliveries(alertId: string): Promise<AlertDelivery[]> {
    return listDeliveries(this.#parts.db, alertId);
  }

  acknowledge(author: Author, acknowledgement: Acknowledgement): Promise<void> {
    return acknowledge(this.#parts.db, author, acknowledgement, this.#parts.nowMs());
  }

  rules(): AlertRule[] {
    return this.#rules.now().all();
  }

  setRule(actor: Actor, rule: AlertRule): Promise<void> {
    return this.#rules.set(actor, rule);
  }

  channels(): Promise<AlertChannel[]> {
    return listChannels(this.#parts.db);
  }

  saveChannel(actor: Actor, channel: SaveChannel): Promise<{ id: string }> {
    return saveChannel(this.#parts.db, actor, channel);
  }

  removeChannel(actor: Actor, id: string): Promise<void> {
    return this.#rules.change(() => removeChannel(this.#parts.db, actor, id, (tx) => this.#rules.leaveOut(tx, id)));
  }

  /** Waits for the answer, whatever it is. */
  async testChannel(actor: Actor, id: string): Promise<ChannelAnswer> {
    const { db } = this.#parts;
    const channel = await db.alertChannel.findUnique({ where: { id } });
    if (channel === null) throw new PanelError('noSuchChannel');
    const deliveryId = nanoid();
    const answer = await this.#outbox.send(channel, deliveryId, testMessage(channel, deliveryId));
    await audit(db, actor, {
      action: 'alerts.testChannel', object: { kind: 'alertChannel', id, name: channel.name }, after: { answer: answer.code, status: answer.status }, outcome: answer.code === 'ok' ? 'done' : 'failed',
    });
    return answer;
  }

  /** What the rule of certificates watches; null: nothing. */
  certificate(): WatchedCertificate | null {
    const { certificate } = this.#parts;
    return certificate === null ? null : { subject: certificate.subject.replaceAll('\n', ', '), endsAtMs: certificate.endsAtMs };
  }

  mailServer(): Promise<MailServer | null> {
    return readMailServer(this.#parts.db);
  }

  setMailServer(actor: Actor, server: SetMailServer): Promise<void> {
    return setMailServer(this.#parts.db, actor, server);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#looking?.catch(() => undefined);
    await Promise.all([this.#outbox.close(), this.#sweeping]);
  }
}
