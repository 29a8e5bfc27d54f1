// Drift, and what a person decides about it: adopt what is there, or leave it for a while. To restore is a plan of what is wanted.
import { adopt, adoptForeign, digest, foreignServiceText, PlanOperation, same } from '@weir/model';
import type { ClusterDefinition } from '@weir/model';
import type { AcceptedRevision } from '@weir/protocol';
import { nanoid } from 'nanoid';
import type { Author } from '../clusters/saving/save.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { Database } from '../db/database.ts';
import { saveDraft } from '../drafts/drafts.ts';
import { PanelError } from '../errors.ts';
import type { DirectorView } from '../gateway/director-view.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Live } from '../live/live.ts';
import { clusterOf } from './belongs.ts';
import type { HeldDefinition } from './belongs.ts';
import type { DirectorDrift, DriftRow } from './drift-view.ts';
import { Ignoring } from './ignoring.ts';

export interface DriftParts {
  readonly db: Database;
  readonly gateway: Gateway;
  readonly clusters: Clusters;
  readonly live: Pick<Live, 'acceptedDefinition'>;
}

export interface IgnoreOrder {
  readonly clusterId: string;
  readonly directorId: string;
  readonly key: string;
  readonly reason: string;
  readonly endsAtMs: number;
  /** Whoever asks operates all clusters, and so what belongs to none alone. */
  readonly hosts: boolean;
}

export interface AdoptOrder {
  readonly clusterId: string;
  readonly directorId: string;
  /** Of the draft. */
  readonly reason: string;
}

export interface AdoptForeignOrder extends AdoptOrder {
  /** The service, as `ipvsadm -Sn` writes it. */
  readonly rule: string;
}

const newId = (): string => nanoid(12);

/** What is to stay for longer is adopted or restored. */
export const IGNORED_LONGEST_MS = 90 * 24 * 3_600_000;

export class Drift {
  readonly #parts: DriftParts;
  readonly #ignoring: Ignoring;

  constructor(parts: DriftParts) {
    this.#parts = parts;
    this.#ignoring = new Ignoring(parts.db);
    parts.gateway.onDrop((directorId) => this.#ignoring.drop(directorId));
  }

  async start(): Promise<void> {
    await this.#ignoring.start();
  }

  ofDirector(directorId: string): DirectorDrift {
    return this.#drift(this.#get(directorId));
  }

  /** All of it, also what the director does not list by itself: it plans each cluster that it has accepted anew. Null: of all clusters. */
  async whole(directorId: string, clusterId: string | null): Promise<DirectorDrift> {
    const director = this.#get(directorId);
    const drift = this.#drift(director);
    const state = this.#parts.gateway.state(directorId);
    if (drift.heard === null || state === null) return drift;
    const held = state.accepted.filter((one) => clusterId === null || one.clusterId === clusterId);
    const client = this.#parts.gateway.client(directorId);
    const operations: PlanOperation[] = clusterId === null ? drift.heard.rows.filter((row) => row.clusterId === null).map(({ operation }) => operation) : [];
    for (const { revision, ...one } of held) {
      const [known] = this.#held({ revision, ...one });
      if (known === undefined) continue;
      const plan = await client.plan({ clusterId: one.clusterId, revision, definition: known.definition });
      operations.push(...plan.operations.map(({ operation }) => operation));
    }
    const rows = [...new Map(this.#rows(directorId, operations).map((row) => [row.key, row])).values()];
    const own = clusterId === null ? rows : rows.filter((row) => row.clusterId === clusterId);
    const count = clusterId === null ? Math.max(drift.heard.count, own.length) : own.length;
    return { ...drift, heard: { ...drift.heard, rows: own, count, atLeast: held.some((one) => this.#held(one).length === 0) } };
  }

  /** On every director that may hold the cluster; of each only what is the cluster's. */
  ofCluster(clusterId: string): DirectorDrift[] {
    const concerned = this.#parts.clusters.view(clusterId).directors.flatMap(({ directorId }) => this.#parts.gateway.director(directorId) ?? []);
    return concerned.map((director) => {
      const drift = this.#drift(director);
      if (drift.heard === null) return drift;
      const rows = drift.heard.rows.filter((row) => row.clusterId === clusterId);
      return { ...drift, heard: { ...drift.heard, rows, count: rows.length, atLeast: drift.heard.count > drift.heard.rows.length } };
    });
  }

  /** The directors with what is ignored on them taken out of their counts. */
  counted(directors: readonly DirectorView[]): DirectorView[] {
    return directors.map((director) => {
      if (!this.#ignoring.knows(director.id)) return director;
      const ignored = this.#drift(director).heard?.rows.filter((row) => row.ignored !== null).length ?? 0;
      return director.drift === null ? director : { ...director, drift: Math.max(0, director.drift - ignored) };
    });
  }

  async ignore(author: Author, { clusterId, directorId, key, reason, endsAtMs, hosts }: IgnoreOrder): Promise<void> {
    const nowMs = Date.now();
    if (endsAtMs <= nowMs || endsAtMs > nowMs + IGNORED_LONGEST_MS) throw new PanelError('driftEndNotBetween', { days: IGNORED_LONGEST_MS / 86_400_000 });
    const director = this.#get(directorId);
    const row = this.#drift(director).heard?.rows.find((one) => one.key === key);
    const accepted = director.accepted?.some((held) => held.clusterId === clusterId) ?? false;
    if (row === undefined || (row.clusterId === null ? !accepted : row.clusterId !== clusterId)) throw new PanelError('noSuchDrift');
    if (row.clusterId === null && !hosts) throw new PanelError('limitedToClusters');
    await this.#ignoring.ignore(author, { directorId, directorName: director.name, clusterId, row, reason, endsAt: new Date(endsAtMs) });
  }

  async endIgnoring(author: Author, { clusterId, id, hosts }: { readonly clusterId: string; readonly id: string; readonly hosts: boolean }): Promise<void> {
    const row = await this.#ignoring.read(id);
    if (row === null || row.clusterId !== clusterId) throw new PanelError('noSuchDrift');
    if (!hosts && clusterOf(PlanOperation.parse(row.operation), this.#heldBy(row.directorId)) !== clusterId) throw new PanelError('limitedToClusters');
    await this.#ignoring.end(author, row);
  }

  /** The person's own draft, which wants what the director forwards of the cluster. Nothing is changed before that is saved, reviewed and applied. */
  async adopt(author: Author, { clusterId, directorId, reason }: AdoptOrder): Promise<{ version: number }> {
    const { gateway, clusters } = this.#parts;
    const director = this.#get(directorId);
    const { wanted } = clusters.standing(clusterId);
    this.#refuseBehind(director, clusterId, director.accepted?.find((held) => held.clusterId === clusterId)?.revision ?? 0);
    const client = gateway.client(directorId);
    const [{ actual, readAtMs }, { overrides }] = await Promise.all([client.actual(), client.state()]);
    const held = { clusterId, revision: wanted.number, definition: wanted.definition };
    const definition = adopt(held, actual, { directorId, overrides, nowMs: readAtMs, newId });
    if (same(definition, wanted.definition)) throw new PanelError('nothingToAdopt', { director: director.name });
    return this.#draft(author, clusterId, definition, reason);
  }

  /** The draft wants a service that others made there besides; applied, it is taken over as it is. */
  async adoptForeign(author: Author, { clusterId, directorId, rule, reason }: AdoptForeignOrder): Promise<{ version: number }> {
    const { gateway, clusters } = this.#parts;
    const director = this.#get(directorId);
    const { wanted } = clusters.standing(clusterId);
    this.#refuseBehind(director, clusterId, wanted.number);
    if (!wanted.definition.directors.some((named) => named.directorId === directorId)) throw new PanelError('directorNotConcerned', { director: director.name });
    const { actual } = await gateway.client(directorId).actual();
    const service = actual.services.find((one) => one.foreign && foreignServiceText(one) === rule);
    if (service === undefined) throw new PanelError('foreignGone', { director: director.name });
    const definition = adoptForeign(wanted.definition, service, { directorId, newId });
    return this.#draft(author, clusterId, definition, reason);
  }

  /** What a draft begins from is what is wanted: it must be what is there, and nothing may wait to be decided on. */
  #refuseBehind(director: DirectorView, clusterId: string, accepted: number): void {
    const { head, wanted } = this.#parts.clusters.standing(clusterId);
    const proposed = head.number !== wanted.number && head.approval.state === 'proposed';
    if (accepted !== wanted.number || proposed) throw new PanelError('adoptBehind', { director: director.name, accepted, wanted: wanted.number, head: head.number });
  }

  async #draft(author: Author, clusterId: string, definition: ClusterDefinition, reason: string): Promise<{ version: number }> {
    const { db, clusters } = this.#parts;
    const base = clusters.standing(clusterId).head.number;
    const { version } = await saveDraft(db, { personId: author.person.id, clusterId, base, version: null, values: { definition, reason } });
    return { version };
  }

  #drift(director: DirectorView): DirectorDrift {
    const { id: directorId, name, link } = director;
    const state = this.#parts.gateway.state(directorId);
    const who = { directorId, name, answers: link.state === 'connected' };
    if (state === null) return { ...who, heard: null };
    const rows = this.#rows(directorId, state.drift);
    return { ...who, heard: { rows, count: state.driftCount, atLeast: false, sinceMs: state.driftSinceMs } };
  }

  #rows(directorId: string, operations: readonly PlanOperation[]): DriftRow[] {
    const held = this.#heldBy(directorId);
    const nowMs = Date.now();
    return operations.map((operation) => {
      const key = digest(operation);
      return { key, operation, clusterId: clusterOf(operation, held), ignored: this.#ignoring.find(directorId, key, nowMs) };
    });
  }

  #heldBy(directorId: string): HeldDefinition[] {
    return this.#parts.gateway.state(directorId)?.accepted.flatMap((one) => this.#held(one)) ?? [];
  }

  #held(accepted: AcceptedRevision): HeldDefinition[] {
    const definition = this.#parts.live.acceptedDefinition(accepted);
    return definition === null ? [] : [{ clusterId: accepted.clusterId, definition }];
  }

  #get(directorId: string): DirectorView {
    const director = this.#parts.gateway.director(directorId);
    if (director === null) throw new PanelError('noSuchDirector', { director: directorId });
    return director;
  }
}
