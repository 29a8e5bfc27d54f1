// The log of health: what directors said changed, once each, and of all of it the newest.
import { HealthRule, Try } from '@weir/model';
import type { HealthChange, HealthChangesEvent } from '@weir/protocol';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import type { HealthChange as HealthChangeRow, Prisma } from '../db/generated/client.ts';
import { writeEvents } from '../events/draft.ts';
import { eventOfHealth } from '../events/of-health.ts';
import type { Logger } from '../logger.ts';

/** Of all clusters together: with evidence some 200 MB. */
const ROWS_MAX = 200_000;
/** How many may come in between two looks at how many there are. */
const ROWS_BETWEEN = 2_000;
/** What is heard and not written yet. */
const WAITING_MAX = 20_000;
const BATCH = 500;

interface Place {
  readonly clusterId: string;
  readonly serviceId: string;
  readonly realServerId: string | null;
}

interface Names {
  readonly clusterName: string | null;
  readonly serviceName: string;
  readonly realServerName: string | null;
}

export interface HealthLogParts {
  readonly db: Database;
  readonly logger: Logger;
  readonly namesOf: (place: Place) => Names;
  readonly rowsMax?: number;
}

interface Who {
  readonly directorId: string;
  readonly directorName: string;
}

type Row = Prisma.HealthChangeCreateManyInput;

export interface HealthLogFilter {
  readonly clusterId: string;
  readonly serviceId?: string | undefined;
  readonly realServerId?: string | undefined;
  /** Older than this entry. */
  readonly before?: string | undefined;
  readonly limit: number;
}

const Rule = z.looseObject({ code: z.string(), params: HealthRule.shape.params, sinceMs: z.number() });

export interface HealthLogEntry extends Place, Who {
  readonly id: string;
  readonly serviceName: string;
  readonly realServerName: string | null;
  readonly atMs: number;
  readonly heardAtMs: number;
  readonly from: string;
  readonly to: string;
  readonly rule: HealthChange['rule'];
  readonly lastTry: Try | null;
}

function entryOf({ id, at, heardAt, rule, lastTry, clusterId, serviceId, serviceName, realServerId, realServerName, directorId, directorName, from, to }: HealthChangeRow): HealthLogEntry {
  return {
    id: String(id), atMs: at.getTime(), heardAtMs: heardAt.getTime(), clusterId, serviceId, serviceName, realServerId, realServerName, directorId, directorName, from, to,
    rule: Rule.parse(rule), lastTry: Try.safeParse(lastTry).data ?? null,
  };
}

export interface HealthLogPage {
  /** Newest first. */
  readonly entries: readonly HealthLogEntry[];
  /** Null: these are the oldest. */
  readonly next: string | null;
}

export class HealthLog {
  readonly #parts: HealthLogParts;
  #waiting: Row[] = [];
  #dropped = 0;
  #since = 0;
  #writing: Promise<void> = Promise.resolve();
  #busy = false;

  constructor(parts: HealthLogParts) {
    this.#parts = parts;
  }

  add(who: Who, { bootId, changes }: HealthChangesEvent): void {
    const room = WAITING_MAX - this.#waiting.length;
    this.#dropped += Math.max(changes.length - room, 0);
    for (const change of changes.slice(0, Math.max(room, 0))) this.#waiting.push(this.#row(who, bootId, change));
    if (this.#busy || this.#waiting.length === 0) return;
    this.#busy = true;
    this.#writing = this.#write().finally(() => { this.#busy = false; });
  }

  async read({ clusterId, serviceId, realServerId, before, limit }: HealthLogFilter): Promise<HealthLogPage> {
    const rows = await this.#parts.db.healthChange.findMany({
      where: { clusterId, ...(serviceId !== undefined && { serviceId }), ...(realServerId !== undefined && { realServerId }), ...(before !== undefined && { id: { lt: BigInt(before) } }) },
      orderBy: { id: 'desc' }, take: limit + 1,
    });
    const shown = rows.slice(0, limit);
    return {
      next: rows.length > limit ? String(shown.at(-1)?.id ?? '') : null,
      entries: shown.map(entryOf),
    };
  }

  async close(): Promise<void> {
    await this.#writing;
  }

  #row(who: Who, bootId: string, { atMs, rule, lastTry, ...change }: HealthChange): Row {
    const { serviceName, realServerName } = this.#parts.namesOf(change);
    return { ...who, ...change, serviceName, realServerName, bootId, at: new Date(atMs), rule, ...(lastTry !== null && { lastTry }) };
  }

  /** Each that is new is an event too. */
  async #add(batch: readonly Row[]): Promise<number> {
    return this.#parts.db.$transaction(async (tx) => {
      const added = await tx.healthChange.createManyAndReturn({ data: [...batch], skipDuplicates: true });
      const told = added.map(entryOf).map((entry) => eventOfHealth({ ...entry, clusterName: this.#parts.namesOf(entry).clusterName }));
      await writeEvents(tx, told, Date.now());
      return added.length;
    });
  }

  async #write(): Promise<void> {
    const { logger, rowsMax = ROWS_MAX } = this.#parts;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      try {
        this.#since += await this.#add(batch);
        if (this.#since >= Math.min(ROWS_BETWEEN, rowsMax)) await this.#forgetOldest(rowsMax);
      } catch (error) {
        logger.error({ err: error, changes: batch.length }, 'changes of health could not be written down');
      }
    }
    if (this.#dropped > 0) logger.warn({ changes: this.#dropped }, 'more changes of health came than could be written down');
    this.#dropped = 0;
  }

  async #forgetOldest(rowsMax: number): Promise<void> {
    this.#since = 0;
    const [oldest] = await this.#parts.db.healthChange.findMany({ orderBy: { id: 'desc' }, skip: rowsMax - 1, take: 1, select: { id: true } });
    if (oldest !== undefined) await this.#parts.db.healthChange.deleteMany({ where: { id: { lt: oldest.id } } });
  }
}
