// The stream of events: what is written elsewhere, read by filter, and no more of it kept than there is room for.
import type { EventsPage } from '../../events/event.ts';
import type { Database } from '../db/database.ts';
import type { Logger } from '../logger.ts';
import { tellPast } from './past.ts';
import { readEvents } from './read.ts';
import type { EventsAsked } from './read.ts';

/** With evidence and indices about a kilobyte each. */
const ROWS_MAX = 500_000;
const AGE_MAX_MS = 400 * 24 * 3_600_000;
const SWEEP_EVERY_MS = 10 * 60_000;

export interface EventsParts {
  readonly db: Database;
  readonly logger: Logger;
  readonly nowMs: () => number;
  readonly rowsMax?: number;
}

export class Events {
  readonly #parts: Required<EventsParts>;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(parts: EventsParts) {
    this.#parts = { rowsMax: ROWS_MAX, ...parts };
  }

  /** Before anything is written that is an event. */
  async start(): Promise<void> {
    const { db, nowMs, logger, rowsMax } = this.#parts;
    const told = await tellPast({ db, sinceMs: nowMs() - AGE_MAX_MS, rowsMax });
    if (told > 0) logger.info({ events: told }, 'the audit log of before was told as events');
    await this.sweep();
    this.#timer = setInterval(() => {
      this.#sweeping = this.sweep().catch((error: unknown) => logger.error({ err: error }, 'old events could not be cleared'));
    }, SWEEP_EVERY_MS);
  }

  /** `sees`: whether whoever asks may see what was sent to a cluster's real servers. */
  read(asked: EventsAsked, sees: (clusterId: string | null) => boolean): Promise<EventsPage> {
    return readEvents(this.#parts.db, asked, sees);
  }

  async sweep(): Promise<void> {
    const { db, nowMs, rowsMax } = this.#parts;
    await db.event.deleteMany({ where: { heardAt: { lt: new Date(nowMs() - AGE_MAX_MS) } } });
    const [oldest] = await db.event.findMany({ orderBy: { id: 'desc' }, skip: rowsMax - 1, take: 1, select: { id: true } });
    if (oldest !== undefined) await db.event.deleteMany({ where: { id: { lt: oldest.id } } });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }
}
