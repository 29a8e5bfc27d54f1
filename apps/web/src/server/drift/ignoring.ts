// Differences that people chose not to see for a while: in the database, and in memory for every count of drift.
import { nanoid } from 'nanoid';
import { audit } from '../audit.ts';
import type { Author } from '../clusters/saving/save.ts';
import type { Database } from '../db/database.ts';
import type { IgnoredDrift } from '../db/generated/client.ts';
import type { DriftRow, Ignored } from './drift-view.ts';

export interface ToIgnore {
  readonly directorId: string;
  readonly directorName: string;
  readonly clusterId: string;
  readonly row: Pick<DriftRow, 'key' | 'operation'>;
  readonly reason: string;
  readonly endsAt: Date;
}

export type IgnoredRow = IgnoredDrift & { readonly director: { readonly name: string } };

type Remembered = Omit<IgnoredDrift, 'operation' | 'authorId'>;

export class Ignoring {
  readonly #db: Database;
  readonly #known = new Map<string, Remembered>();

  constructor(db: Database) {
    this.#db = db;
  }

  async start(): Promise<void> {
    await this.#db.ignoredDrift.deleteMany(ended());
    for (const row of await this.#db.ignoredDrift.findMany({ omit: { operation: true, authorId: true } })) this.#known.set(keyOf(row), row);
  }

  /** The director is in the database no more. */
  drop(directorId: string): void {
    for (const [key, ignored] of this.#known) if (ignored.directorId === directorId) this.#known.delete(key);
  }

  /** Whether anything was ever ignored on it. */
  knows(directorId: string): boolean {
    return [...this.#known.values()].some((ignored) => ignored.directorId === directorId);
  }

  /** Null also from its end on: it ends by itself. */
  find(directorId: string, key: string, nowMs: number): Ignored | null {
    const found = this.#known.get(keyOf({ directorId, key }));
    if (found === undefined || found.endsAt.getTime() <= nowMs) return null;
    const { id, clusterId, authorName, reason, since, endsAt } = found;
    return { id, clusterId, by: authorName, reason, since, endsAt };
  }

  /** In place of what was said of the same difference before. */
  async ignore(author: Author, { directorId, directorName, clusterId, row: { key, operation }, reason, endsAt }: ToIgnore): Promise<void> {
    const { person: { id: authorId, name: authorName } } = author;
    const said = { id: nanoid(), clusterId, operation: { ...operation }, reason, authorId, authorName, since: new Date(), endsAt };
    const { operation: _operation, authorId: _authorId, ...stored } = await this.#db.$transaction(async (tx) => {
      await tx.ignoredDrift.deleteMany(ended());
      await audit(tx, author, {
        action: 'drift.ignore', object: { kind: 'director', id: directorId, name: directorName },
        after: { clusterId, operation: { ...operation }, reason, endsAt: endsAt.toISOString() },
      });
      return tx.ignoredDrift.upsert({ where: { directorId_key: { directorId, key } }, create: { ...said, directorId, key }, update: said });
    });
    for (const [known, { endsAt: end }] of this.#known) if (end <= said.since) this.#known.delete(known);
    this.#known.set(keyOf(stored), stored);
  }

  /** Null where it is not there, or not any more. */
  read(id: string): Promise<IgnoredRow | null> {
    return this.#db.ignoredDrift.findUnique({ where: { id }, include: { director: { select: { name: true } } } });
  }

  async end(author: Author, row: IgnoredRow): Promise<void> {
    const { id, clusterId } = row;
    await this.#db.$transaction(async (tx) => {
      await tx.ignoredDrift.deleteMany({ where: { id } });
      await audit(tx, author, {
        action: 'drift.endIgnoring', object: { kind: 'director', id: row.directorId, name: row.director.name },
        before: { clusterId, operation: row.operation ?? {}, reason: row.reason, endsAt: row.endsAt.toISOString() },
      });
    });
    this.#known.delete(keyOf(row));
  }
}

/** What ended by itself is in the audit log alone. */
function ended(): { where: { endsAt: { lte: Date } } } {
  return { where: { endsAt: { lte: new Date() } } };
}

function keyOf({ directorId, key }: Pick<IgnoredDrift, 'directorId' | 'key'>): string {
  return `${directorId} ${key}`;
}
