// The newest and the wanted revision of every cluster, in memory: live data and views need the definitions every second. One panel per database keeps them true.
import type { Database } from '../db/database.ts';
import type { DefinedRevision, Retirement } from './cluster-view.ts';
import { retirementOf } from './retirement.ts';
import { isApproved, readRevision } from './revisions.ts';

export interface KnownRevision extends DefinedRevision {
  readonly clusterId: string;
  readonly name: string;
}

export interface Standing {
  readonly clusterId: string;
  readonly approvalRequired: boolean;
  readonly head: KnownRevision;
  readonly wanted: KnownRevision;
  /** Known by its id alone then: it is in no list. */
  readonly retired: Retirement | null;
}

export class Standings {
  readonly #standings = new Map<string, Standing>();

  async load(db: Database): Promise<void> {
    const clusters = await db.cluster.findMany({ omit: { name: true, createdAt: true } });
    for (const { id, headRevisionNumber, wantedRevisionNumber, approvalRequired, ...row } of clusters) {
      const head = await knownRevision(db, id, headRevisionNumber);
      const wanted = wantedRevisionNumber === headRevisionNumber ? head : await knownRevision(db, id, wantedRevisionNumber);
      this.#standings.set(id, { clusterId: id, approvalRequired, head, wanted, retired: retirementOf(row) });
    }
  }

  get(clusterId: string): Standing | null {
    return this.#standings.get(clusterId) ?? null;
  }

  /** In the order of their names. */
  all(): Standing[] {
    return [...this.#standings.values()].filter(({ retired }) => retired === null).sort((a, b) => a.wanted.name.localeCompare(b.wanted.name));
  }

  /** Two changes may come back from the database in either order: the newer revision stays, and what was decided. */
  set(revision: KnownRevision): void {
    const known = this.#standings.get(revision.clusterId);
    if (known === undefined) {
      this.#standings.set(revision.clusterId, { clusterId: revision.clusterId, approvalRequired: false, head: revision, wanted: revision, retired: null });
      return;
    }
    const decided = revision.number === known.head.number && revision.approval.state !== 'proposed';
    const head = revision.number > known.head.number || decided ? revision : known.head;
    const wanted = isApproved(revision.approval) && revision.number > known.wanted.number ? revision : known.wanted;
    this.#standings.set(revision.clusterId, { ...known, head, wanted });
  }

  /** Finds what was written though its writer was not told, as when the connection breaks at the commit. */
  async refresh(db: Database, clusterId: string): Promise<void> {
    const known = this.#standings.get(clusterId);
    const cluster = await db.cluster.findUnique({ where: { id: clusterId }, omit: { name: true, createdAt: true } });
    if (known === undefined || cluster === null) return;
    const { headRevisionNumber: head, wantedRevisionNumber: wanted, ...row } = cluster;
    const retired = retirementOf(row);
    if (retired !== null) this.retire(clusterId, retired);
    if (wanted > known.wanted.number) this.set(await knownRevision(db, clusterId, wanted));
    if (head > known.head.number || known.head.approval.state === 'proposed') this.set(await knownRevision(db, clusterId, head));
  }

  retire(clusterId: string, retired: Retirement): void {
    const known = this.#standings.get(clusterId);
    if (known !== undefined) this.#standings.set(clusterId, { ...known, retired });
  }

  setRule(clusterId: string, approvalRequired: boolean): void {
    const known = this.#standings.get(clusterId);
    if (known !== undefined) this.#standings.set(clusterId, { ...known, approvalRequired });
  }
}

async function knownRevision(db: Database, clusterId: string, number: number): Promise<KnownRevision> {
  const revision = await readRevision(db, clusterId, number);
  return { ...revision, clusterId, name: revision.definition.name };
}
