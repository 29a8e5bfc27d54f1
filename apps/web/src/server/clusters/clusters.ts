// Clusters for everybody else in the panel: their heads in memory, saving that keeps them true, and the views.
import { ClusterDefinition } from '@weir/model';
import type { Database } from '../db/database.ts';
import { PanelError } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { realServerCount } from './check.ts';
import type { ClusterSummary, ClusterView, RevisionView } from './cluster-view.ts';
import { Heads } from './heads.ts';
import type { Head } from './heads.ts';
import { holdersOf } from './holders.ts';
import { createCluster, saveRevision } from './save.ts';
import type { Author, NewCluster, NewRevision } from './save.ts';

const revisionsMax = 500;

export class Clusters {
  readonly #db: Database;
  readonly #gateway: Gateway;
  readonly #heads = new Heads();

  constructor(db: Database, gateway: Gateway) {
    this.#db = db;
    this.#gateway = gateway;
  }

  async start(): Promise<void> {
    await this.#heads.load(this.#db);
  }

  heads(): readonly Head[] {
    return this.#heads.all();
  }

  head(clusterId: string): Head {
    const head = this.#heads.get(clusterId);
    if (head === null) throw new PanelError('noSuchCluster');
    return head;
  }

  async definition(clusterId: string, number: number): Promise<ClusterDefinition> {
    const head = this.head(clusterId);
    if (head.number === number) return head.definition;
    const revision = await this.#db.revision.findUnique({ where: { clusterId_number: { clusterId, number } }, select: { definition: true } });
    if (revision === null) throw new PanelError('noSuchRevision', { number });
    return ClusterDefinition.parse(revision.definition);
  }

  async create(author: Author, input: NewCluster): Promise<{ clusterId: string; number: number }> {
    const head = await createCluster(this.#db, author, input);
    this.#heads.set(head);
    return { clusterId: head.clusterId, number: head.number };
  }

  async save(author: Author, input: NewRevision): Promise<{ number: number }> {
    const head = await saveRevision(this.#db, author, input);
    this.#heads.set(head);
    return { number: head.number };
  }

  summaries(): ClusterSummary[] {
    return this.#heads.all().map((head) => ({
      id: head.clusterId,
      name: head.name,
      head: { number: head.number, createdAt: head.createdAt, author: head.author },
      services: head.definition.services.length,
      realServers: realServerCount(head.definition),
      directors: holdersOf(head, this.#gateway.directors()),
    }));
  }

  view(clusterId: string): ClusterView {
    const head = this.head(clusterId);
    const { number, author, reason, createdAt, basedOn, definition } = head;
    return {
      id: clusterId,
      name: head.name,
      head: { number, author, reason, createdAt, basedOn, definition },
      directors: holdersOf(head, this.#gateway.directors()),
    };
  }

  async revisions(clusterId: string): Promise<RevisionView[]> {
    this.head(clusterId);
    const revisions = await this.#db.revision.findMany({
      where: { clusterId },
      orderBy: { number: 'desc' },
      take: revisionsMax,
      select: { number: true, authorName: true, reason: true, createdAt: true, basedOn: true },
    });
    return revisions.map(({ authorName, ...revision }) => ({ ...revision, author: authorName }));
  }
}
