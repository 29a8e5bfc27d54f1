// The newest revision of every cluster, in memory: live data and views need the definitions every second. One panel per database keeps it true.
import { ClusterDefinition } from '@weir/model';
import type { Database } from '../db/database.ts';

export interface Head {
  readonly clusterId: string;
  readonly name: string;
  readonly number: number;
  readonly author: string;
  readonly reason: string;
  readonly basedOn: number | null;
  readonly createdAt: Date;
  readonly definition: ClusterDefinition;
}

export class Heads {
  readonly #heads = new Map<string, Head>();

  async load(db: Database): Promise<void> {
    const clusters = await db.$queryRaw<Row[]>`
      SELECT "Cluster"."id" AS "clusterId", "number", "definition", "authorName" AS "author", "reason", "basedOn", "Revision"."createdAt" AS "createdAt"
        FROM "Cluster" JOIN "Revision" ON "Revision"."clusterId" = "Cluster"."id" AND "number" = "headRevisionNumber"`;
    for (const { definition, ...row } of clusters) {
      const parsed = ClusterDefinition.parse(definition);
      this.set({ ...row, name: parsed.name, definition: parsed });
    }
  }

  get(clusterId: string): Head | null {
    return this.#heads.get(clusterId) ?? null;
  }

  /** In the order of their names. */
  all(): Head[] {
    return [...this.#heads.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Two saves may come back from the database in either order: the newer one stays. */
  set(head: Head): void {
    const known = this.#heads.get(head.clusterId);
    if (known === undefined || known.number < head.number) this.#heads.set(head.clusterId, head);
  }
}

type Row = Omit<Head, 'name' | 'definition'> & { readonly definition: unknown };
