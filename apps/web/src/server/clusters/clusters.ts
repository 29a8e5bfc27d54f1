// Clusters for everybody else in the panel: where they stand in memory, the changes that keep that true, and the views.
import type { ClusterDefinition } from '@weir/model';
import type { Database } from '../db/database.ts';
import { PanelError } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { realServerCount } from './saving/check.ts';
import { conflictOf } from './saving/claims.ts';
import type { ClusterSummary, ClusterView, DefinedRevision, LeftOn, RevisionDetail, RevisionDifferences, RevisionView } from './cluster-view.ts';
import { decide, setApprovalRule } from './saving/decide.ts';
import type { NewVerdict } from './saving/decide.ts';
import { holdersOf } from './holders.ts';
import { listRetired, retireCluster } from './retirement.ts';
import type { RetiredCluster, ToRetire } from './retirement.ts';
import { differencesOf, listRevisions, readRevision } from './revisions.ts';
import { createCluster, saveRevision } from './saving/save.ts';
import type { Author, NewCluster, NewRevision } from './saving/save.ts';
import { Standings } from './standings.ts';
import type { KnownRevision, Standing } from './standings.ts';

export class Clusters {
  readonly #db: Database;
  readonly #gateway: Gateway;
  readonly #standings = new Standings();
  #rules: Promise<void> = Promise.resolve();

  constructor(db: Database, gateway: Gateway) {
    this.#db = db;
    this.#gateway = gateway;
  }

  async start(): Promise<void> {
    await this.#standings.load(this.#db);
  }

  /** The wanted revision of every cluster, in the order of their names. */
  allWanted(): readonly KnownRevision[] {
    return this.#standings.all().map(({ wanted }) => wanted);
  }

  standing(clusterId: string): Standing {
    const standing = this.#standings.get(clusterId);
    if (standing === null) throw new PanelError('noSuchCluster');
    return standing;
  }

  /** Also of a retired one; null: this panel does not know it. */
  nameOf(clusterId: string): string | null {
    return this.#standings.get(clusterId)?.wanted.name ?? null;
  }

  async definition(clusterId: string, number: number): Promise<ClusterDefinition> {
    const { head, wanted } = this.standing(clusterId);
    const known = [wanted, head].find((revision) => revision.number === number);
    return (known ?? await readRevision(this.#db, clusterId, number)).definition;
  }

  async create(author: Author, input: NewCluster): Promise<{ clusterId: string; number: number; draftStays: boolean }> {
    const { revision, draftStays } = await createCluster(this.#db, author, input);
    this.#standings.set(revision);
    return { clusterId: revision.clusterId, number: revision.number, draftStays };
  }

  async save(author: Author, input: NewRevision): Promise<{ number: number; draftStays: boolean }> {
    const { revision, draftStays } = await this.#written(input.clusterId, saveRevision(this.#db, author, input));
    this.#standings.set(revision);
    return { number: revision.number, draftStays };
  }

  async decide(author: Author, verdict: NewVerdict): Promise<void> {
    const { clusterId, number } = verdict;
    this.standing(clusterId);
    const revision = await readRevision(this.#db, clusterId, number);
    const approval = await this.#written(clusterId, decide(this.#db, author, verdict, revision.definition));
    this.#standings.set({ ...revision, clusterId, name: revision.definition.name, approval });
  }

  /** One after the other: what was written last is what is remembered. */
  setApproval(author: Author, clusterId: string, required: boolean): Promise<void> {
    const set = this.#setApprovalAfter(this.#rules, author, clusterId, required);
    this.#rules = set.catch(() => undefined);
    return set;
  }

  /** A refusal may come from what the database has and memory has not: memory follows, so that the next try begins there. */
  async #written<T>(clusterId: string, change: Promise<T>): Promise<T> {
    try {
      return await change;
    } catch (error) {
      await this.#standings.refresh(this.#db, clusterId).catch(() => undefined);
      throw error;
    }
  }

  async #setApprovalAfter(others: Promise<void>, author: Author, clusterId: string, required: boolean): Promise<void> {
    await others;
    await setApprovalRule(this.#db, author, clusterId, required);
    this.#standings.setRule(clusterId, required);
  }

  summaries(): ClusterSummary[] {
    return this.#standings.all().map(({ clusterId, head, wanted }) => ({
      id: clusterId,
      name: wanted.name,
      head: { number: head.number, createdAt: head.createdAt, author: head.author, approval: head.approval },
      wanted: wanted.number,
      services: wanted.definition.services.length,
      realServers: realServerCount(wanted.definition),
      directors: holdersOf(wanted, this.#gateway.directors()),
    }));
  }

  view(clusterId: string): ClusterView {
    const { approvalRequired, head, wanted, retired } = this.standing(clusterId);
    return {
      id: clusterId,
      name: wanted.name,
      approvalRequired,
      head: shown(head),
      wanted: wanted.number === head.number ? null : shown(wanted),
      directors: holdersOf(wanted, this.#gateway.directors()),
      retired,
    };
  }

  retired(): Promise<RetiredCluster[]> {
    return listRetired(this.#db);
  }

  async retire(author: Author, input: ToRetire, leftOn: readonly LeftOn[]): Promise<void> {
    const retired = await this.#written(input.clusterId, retireCluster(this.#db, author, input, leftOn));
    this.#standings.retire(input.clusterId, retired);
  }

  revisions(clusterId: string): Promise<RevisionView[]> {
    this.standing(clusterId);
    return listRevisions(this.#db, clusterId);
  }

  async revision(clusterId: string, number: number): Promise<RevisionDetail> {
    const { head, wanted } = this.standing(clusterId);
    const revision = await readRevision(this.#db, clusterId, number);
    const open = number === head.number && revision.approval.state === 'proposed';
    const conflict = open ? await conflictOf(this.#db, clusterId, revision.definition) : null;
    return { ...revision, headNumber: head.number, wantedNumber: wanted.number, conflict };
  }

  /** `shownAs`: as whoever asks may see them. */
  async differences(clusterId: string, from: number, to: number, shownAs = (definition: ClusterDefinition) => definition): Promise<RevisionDifferences> {
    return differencesOf(shownAs(await this.definition(clusterId, from)), shownAs(await this.definition(clusterId, to)));
  }
}

function shown({ number, author, authorId, reason, createdAt, basedOn, approval, definition }: KnownRevision): DefinedRevision {
  return { number, author, authorId, reason, createdAt, basedOn, approval, definition };
}
