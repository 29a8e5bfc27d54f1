// Drains: ordered by a person, held by each director for itself, and proved by all of them together.
import { DRAIN_TARGETS_MAX, leftWithNone } from '@weir/model';
import type { AtDeadline, Drain, DrainState, DrainTarget } from '@weir/model';
import { nanoid } from 'nanoid';
import { audit } from '../audit.ts';
import type { Author } from '../clusters/saving/save.ts';
import type { Database } from '../db/database.ts';
import { PanelError } from '../errors.ts';
import { LastSamples } from '../forgetting/last-samples.ts';
import type { Logger } from '../logger.ts';
import { defines, targetsIn } from '../overrides/order.ts';
import type { OrderTarget } from '../overrides/order.ts';
import { concerned, readDirectors } from '../overrides/reading.ts';
import type { Heard, Unheard } from '../overrides/reading.ts';
import type { DrainAnswer, DrainOutcome, DrainPreviews, DrainView } from './drain-view.ts';
import { aboutTargets, lookAt, namesOf } from './look.ts';
import { previewDrain } from './preview.ts';
import type { PreviewAsked, PreviewParts } from './preview.ts';
import { writeProof } from './proof.ts';
import { DrainRows } from './rows.ts';
import type { DrainRow } from './rows.ts';
import { refusalOf, tell } from './send.ts';

export interface DrainsParts extends Pick<PreviewParts, 'gateway' | 'clusters' | 'live'> {
  readonly db: Database;
  readonly logger: Logger;
}

export interface DrainOrder {
  readonly clusterId: string;
  readonly target: OrderTarget;
  readonly reason: string;
  readonly deadlineMs: number | null;
  readonly atDeadline: AtDeadline;
  /** Ids of services that, as whoever orders it says, may be left without a real server that takes new connections. */
  readonly emptied?: readonly string[];
}

interface DrainOf {
  readonly clusterId: string;
  readonly drainId: string;
}

const authorMax = 200;

export class Drains {
  readonly #parts: DrainsParts & PreviewParts;
  readonly #rows: DrainRows;
  #proving: Promise<void> | null = null;

  constructor(parts: DrainsParts) {
    this.#parts = { ...parts, samples: new LastSamples(parts.gateway), coming: (clusterId, held) => this.#coming(clusterId, held) };
    this.#rows = new DrainRows(parts.db);
    const prove = (): void => this.#prove();
    parts.gateway.onLink(prove);
    parts.gateway.onSample(prove);
  }

  start(): Promise<void> {
    return this.#rows.start();
  }

  /** What is being written is written before the database goes. */
  async close(): Promise<void> {
    await this.#proving;
  }

  list(clusterId: string): DrainView[] {
    return this.#rows.open.filter((row) => row.clusterId === clusterId).map((row) => lookAt(this.#parts, row, Date.now()));
  }

  preview(asked: PreviewAsked): Promise<DrainPreviews> {
    return previewDrain(this.#parts, asked);
  }

  async begin(author: Author, order: DrainOrder): Promise<DrainOutcome> {
    const { clusterId, target, reason, deadlineMs, atDeadline } = order;
    const nowMs = Date.now();
    if (deadlineMs !== null && deadlineMs <= nowMs) throw new PanelError('drainDeadlinePast');
    const { heard, unheard } = await this.#read(clusterId);
    const targets = targetsOf(heard, order);
    const [silent] = unheard;
    if (targets.length === 0) throw silent?.error ?? new PanelError('noSuchRealServer');
    if (targets.length > DRAIN_TARGETS_MAX) throw new PanelError('tooManyRealServers', { count: targets.length, max: DRAIN_TARGETS_MAX });
    this.#refuseSecond(clusterId, targets);
    const emptied = this.#emptiedBy(targets, heard, clusterId, nowMs);
    refuseUnsaid(emptied, order);
    const drain: Drain = { id: nanoid(), targets, author: author.person.name.slice(0, authorMax), reason, startedAtMs: nowMs, deadlineMs, atDeadline };
    const cluster = this.#parts.clusters.view(clusterId);
    const row = { clusterId, drain, host: target.kind === 'host' ? target.rip : null };
    await this.#rows.add(row, (tx) => audit(tx, author, {
      action: 'drains.begin', object: { kind: 'cluster', id: clusterId, name: cluster.name }, about: aboutTargets(namesOf(cluster.head.definition, targets)),
      after: { drainId: drain.id, host: row.host, realServers: nameTargets(cluster.head.definition, targets), reason, deadline: deadlineMs === null ? null : new Date(deadlineMs).toISOString(), atDeadline, ...(emptied.size > 0 && { leftWithNone: [...emptied.values()] }) },
    }));
    const outcome = await this.#give(author, 'drains.beginFinish', row, heard, unheard);
    // Nobody has it, and nobody will by itself. Who was asked and gave no answer may have it.
    const asked = new Set(heard.map(({ directorId }) => directorId));
    if (outcome.directors.every(({ directorId, error }) => error !== null && !(asked.has(directorId) && isNoAnswer(error)))) await this.#rows.end(drain.id);
    return outcome;
  }

  /** For a director that did not answer when it was ordered. */
  async again(author: Author, of: DrainOf): Promise<DrainOutcome> {
    const row = this.#row(of);
    const { heard, unheard } = await this.#read(of.clusterId);
    const lacking = heard.filter(({ state }) => !(state.drains ?? []).some(({ drain }) => drain.id === of.drainId));
    return this.#give(author, 'drains.again', { ...row, drain: orderedNow(row.drain, Date.now()) }, lacking, unheard);
  }

  /** Gives the weights back on every director. While one does not answer, the drain is listed still: it may hold it. */
  async end(author: Author, of: DrainOf): Promise<DrainOutcome> {
    const row = this.#row(of);
    const { gateway, clusters, db } = this.#parts;
    const { heard, unheard } = await this.#read(of.clusterId);
    // Before it is gone from the directors: what they have proved is not lost.
    await this.#proving;
    this.#prove();
    await this.#proving;
    // Also those that say they lack it: of one that began while its agent was ended there are overrides alone. Older agents drain nothing.
    const held = heard.filter(({ state }) => state.drains !== null);
    const told = await Promise.all(held.map((director) => tell(gateway, director, (client) => client.endDrain(of.drainId))));
    const directors = inOrder([...told, ...unheard.map((director) => refusalOf(director, director.error))]);
    const done = directors.every(({ error }) => error === null);
    if (done) await this.#rows.end(of.drainId);
    const cluster = clusters.view(of.clusterId);
    await audit(db, author, {
      action: 'drains.end', object: { kind: 'cluster', id: cluster.id, name: cluster.name }, outcome: done ? 'done' : 'failed', about: aboutTargets(namesOf(cluster.head.definition, row.drain.targets)),
      after: { drainId: of.drainId, host: row.host, realServers: nameTargets(cluster.head.definition, row.drain.targets), directors: directors.map(answerText) },
    });
    return { drainId: of.drainId, directors };
  }

  #coming(clusterId: string, held: readonly DrainState[]): DrainTarget[] {
    return this.#rows.open.filter((row) => row.clusterId === clusterId && !held.some(({ drain }) => drain.id === row.drain.id)).flatMap(({ drain }) => drain.targets);
  }

  /** Names by id of the services in which nothing takes new connections any more on some director. Older agents drain nothing. */
  #emptiedBy(targets: readonly DrainTarget[], heard: readonly Heard[], clusterId: string, nowMs: number): ReadonlyMap<string, string> {
    const left = heard.flatMap(({ directorId, definition, state: { accepted, overrides, drains } }) => {
      const ofCluster = accepted.filter((held) => held.clusterId === clusterId).map((held) => ({ ...held, definition }));
      return drains === null ? [] : leftWithNone(targets, { directorId, accepted: ofCluster, overrides, nowMs }, this.#coming(clusterId, drains));
    });
    return new Map(left.map(({ serviceId, service }) => [serviceId, service]));
  }

  #row({ clusterId, drainId }: DrainOf): DrainRow {
    const row = this.#rows.find(drainId);
    if (row === null || row.clusterId !== clusterId) throw new PanelError('noSuchDrain');
    return row;
  }

  #refuseSecond(clusterId: string, targets: readonly DrainTarget[]): void {
    const other = this.list(clusterId).find((view) => view.targets.some(({ serviceId, realServerId }) => (
      targets.some((target) => target.serviceId === serviceId && target.realServerId === realServerId))));
    if (other !== undefined) throw new PanelError('drainedAlready', { author: other.author });
  }

  async #read(clusterId: string): Promise<{ heard: Heard[]; unheard: Unheard[] }> {
    const directors = concerned(this.#parts, clusterId);
    if (directors.length === 0) throw new PanelError('nothingAccepted');
    const readings = await readDirectors(this.#parts, clusterId, directors);
    return { heard: readings.filter((reading) => reading.error === null), unheard: readings.filter((reading) => reading.error !== null) };
  }

  /** Each gets what it has accepted of it. */
  async #give(author: Author, action: string, { clusterId, drain }: Pick<DrainRow, 'clusterId' | 'drain'>, heard: readonly Heard[], unheard: readonly Unheard[]): Promise<DrainOutcome> {
    const { gateway, clusters, db } = this.#parts;
    const turns = heard.map((director) => ({ director, targets: drain.targets.filter((target) => defines(director.definition, target)) })).filter(({ targets }) => targets.length > 0);
    const told = await Promise.all(turns.map(({ director, targets }) => tell(gateway, director, (client) => client.startDrain({ ...drain, targets }))));
    const directors = inOrder([...told, ...unheard.map((director) => refusalOf(director, director.error))]);
    const cluster = clusters.view(clusterId);
    await audit(db, author, {
      action, object: { kind: 'cluster', id: clusterId, name: cluster.name }, about: aboutTargets(namesOf(cluster.head.definition, drain.targets)), after: { drainId: drain.id, directors: directors.map(answerText) },
      outcome: directors.every(({ error }) => error === null) ? 'done' : 'failed',
    });
    return { drainId: drain.id, directors };
  }

  /** Called with each word of each director: one look at a time, and none where nothing is open. */
  #prove(): void {
    if (this.#proving !== null || this.#rows.open.every(({ safeAtMs }) => safeAtMs !== null)) return;
    this.#proving = this.#proveAll()
      .catch((error: unknown) => this.#parts.logger.error({ err: error }, 'what was proved of a drain was not written'))
      .finally(() => { this.#proving = null; });
  }

  async #proveAll(): Promise<void> {
    for (const row of this.#rows.open) {
      if (row.safeAtMs !== null) continue;
      const view = lookAt(this.#parts, row, Date.now());
      if (view.safe) await writeProof(this.#rows, row, view, this.#parts.clusters.view(row.clusterId));
    }
  }
}

/** A director takes no deadline that is over. Where it only says that a drain is late, the panel says so. */
function orderedNow(drain: Drain, nowMs: number): Drain {
  const { deadlineMs, atDeadline } = drain;
  return atDeadline === 'wait' && deadlineMs !== null && deadlineMs <= nowMs ? { ...drain, deadlineMs: null } : drain;
}

function targetsOf(heard: readonly Heard[], order: DrainOrder): DrainTarget[] {
  const all = heard.flatMap(({ definition }) => targetsIn(definition, order));
  return [...new Map(all.map((target) => [`${target.serviceId}/${target.realServerId}`, target])).values()];
}

/** What stops a service is ordered by a person who knows which one. */
function refuseUnsaid(emptied: ReadonlyMap<string, string>, { emptied: said = [] }: DrainOrder): void {
  const unsaid = [...emptied].filter(([serviceId]) => !said.includes(serviceId)).map(([, service]) => service);
  if (unsaid.length > 0) throw new PanelError('drainLeavesNone', { services: unsaid.join(', ') });
}

function nameTargets(definition: Parameters<typeof namesOf>[0], targets: readonly DrainTarget[]): { service: string; realServer: string }[] {
  return namesOf(definition, targets).map(({ service, realServer }) => ({ service, realServer }));
}

function isNoAnswer({ code }: NonNullable<DrainAnswer['error']>): boolean {
  return code === 'directorSilent' || code === 'directorAnswer';
}

function inOrder(answers: readonly DrainAnswer[]): DrainAnswer[] {
  return answers.toSorted((a, b) => a.name.localeCompare(b.name));
}

function answerText({ name, error }: DrainAnswer): { director: string; error: string | null } {
  return { director: name, error: error?.code ?? null };
}
