// The stream of events: what is written elsewhere, read by filter, and no more of it kept than there is room for.
import type { EventFilter, EventsPage } from '../../events/event.ts';
import type { Clusters } from '../clusters/clusters.ts';
import { serves } from '../clusters/serves.ts';
import type { Database } from '../db/database.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../logger.ts';
import { tellPast } from './past.ts';
import { readEvents } from './read.ts';
import type { EventsAsked } from './read.ts';

/** With evidence and indices about a kilobyte each. */
const ROWS_MAX = 500_000;
const AGE_MAX_MS = 400 * 24 * 3_600_000;
const SWEEP_EVERY_MS = 10 * 60_000;
/** In one statement: each ends well before its deadline. */
const SWEPT_AT_ONCE = 20_000;

export interface EventsParts {
  readonly db: Database;
  readonly gateway: Pick<Gateway, 'directors'>;
  readonly clusters: Pick<Clusters, 'allWanted'>;
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
  read(asked: Omit<EventsAsked, 'directorIds'>, sees: (clusterId: string | null) => boolean): Promise<EventsPage> {
    return readEvents(this.#parts.db, { ...asked, directorIds: this.#servedBy(asked.filter) }, sees);
  }

  /** By their ids the oldest first: in that order they were heard. */
  async sweep(): Promise<void> {
    const { db, nowMs, rowsMax } = this.#parts;
    const [kept] = await db.$queryRaw<{ from: bigint | null }[]>`
      SELECT GREATEST(
        (SELECT "id" FROM "Event" WHERE "heardAt" >= ${new Date(nowMs() - AGE_MAX_MS)} ORDER BY "id" LIMIT 1),
        (SELECT "id" FROM "Event" ORDER BY "id" DESC OFFSET ${rowsMax - 1} LIMIT 1)) AS "from"`;
    let swept = SWEPT_AT_ONCE;
    while (swept === SWEPT_AT_ONCE) {
      swept = await db.$executeRaw`DELETE FROM "Event" WHERE "id" IN (SELECT "id" FROM "Event" WHERE "id" < ${kept?.from ?? null} ORDER BY "id" LIMIT ${SWEPT_AT_ONCE})`;
    }
  }

  /** Directors that serve the cluster that is asked for: what happens to them happens to it. */
  #servedBy({ clusterId }: EventFilter): string[] {
    const { gateway, clusters } = this.#parts;
    const wanted = clusters.allWanted().find((revision) => revision.clusterId === clusterId);
    return wanted === undefined ? [] : gateway.directors().filter((director) => serves(director, wanted)).map(({ id }) => id);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }
}
