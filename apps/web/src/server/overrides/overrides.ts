// Overrides by hand: given to the directors by a person's order alone, held by each director for itself, read from what each says.
import type { Override } from '@weir/model';
import { nanoid } from 'nanoid';
import type { Author } from '../clusters/saving/save.ts';
import type { Database } from '../db/database.ts';
import type { Prisma } from '../db/generated/client.ts';
import { PanelError } from '../errors.ts';
import { auditOrder, auditOutcome } from './audited.ts';
import type { AuditedOrder } from './audited.ts';
import { withWeightOf } from './keep.ts';
import { defines, isByHand, overrideOf, targetsIn } from './order.ts';
import type { OverrideOrder, Target } from './order.ts';
import type { DirectorOverrides, OverrideOutcome } from './override-view.ts';
import { listOverrides } from './list.ts';
import { concerned, readDirectors } from './reading.ts';
import type { DirectorParts, Heard, Unheard } from './reading.ts';
import { carryOut, unheardAnswer } from './send.ts';
import type { Turn } from './send.ts';

export interface OverridesParts extends DirectorParts {
  readonly db: Database;
}

/** Each is written to a director's disk by itself: more would keep a person waiting. */
const realServersMax = 200;

export interface SetThere {
  readonly clusterId: string;
  readonly overrideId: string;
  readonly directorId: string;
}

export interface Keep {
  readonly clusterId: string;
  readonly overrideId: string;
  /** The revision that the person saw as the newest. */
  readonly base: number;
  readonly reason: string;
}

interface Given {
  readonly action: AuditedOrder['action'];
  readonly clusterId: string;
  readonly order: Prisma.InputJsonObject;
  readonly turns: readonly Turn[];
  readonly unheard: readonly Unheard[];
}

export class Overrides {
  readonly #parts: OverridesParts;

  constructor(parts: OverridesParts) {
    this.#parts = parts;
  }

  list(clusterId: string): Promise<DirectorOverrides[]> {
    return listOverrides(this.#parts, clusterId);
  }

  async set(author: Author, order: OverrideOrder): Promise<OverrideOutcome> {
    const { clusterId, endsAtMs } = order;
    const nowMs = Date.now();
    if (endsAtMs !== null && endsAtMs <= nowMs) throw new PanelError('overrideEndPast');
    const { heard, unheard } = await this.#read(clusterId);
    const overridesFor = ordersFor(order, author, nowMs);
    const turns = heard.map((director) => ({ director, set: overridesFor(targetsIn(director.definition, order)), end: [] })).filter(({ set }) => set.length > 0);
    if (turns.length === 0 && (unheard.length === 0 || targetsIn(this.#parts.clusters.view(clusterId).head.definition, order).length === 0)) {
      throw new PanelError('noSuchRealServer');
    }
    return this.#give(author, { action: 'overrides.set', clusterId, order: { ...order, target: { ...order.target }, effect: { ...order.effect } }, turns, unheard });
  }

  /** On a director that lacks it: what another one holds, as it is. */
  async setThere(author: Author, { clusterId, overrideId, directorId }: SetThere): Promise<OverrideOutcome> {
    const override = await this.#held(clusterId, overrideId);
    if (override.endsAtMs !== null && override.endsAtMs <= Date.now()) throw new PanelError('overrideEndPast');
    const { heard, unheard } = await this.#read(clusterId, directorId);
    const turns = heard.map((director) => ({ director, set: [override], end: [] }));
    const lacks = turns.find(({ director }) => !defines(director.definition, override.target));
    if (lacks !== undefined) throw new PanelError('realServerNotThere', { director: lacks.director.name });
    return this.#give(author, { action: 'overrides.setThere', clusterId, order: { overrideId, directorId }, turns, unheard });
  }

  async end(author: Author, { clusterId, overrideIds }: { readonly clusterId: string; readonly overrideIds: readonly string[] }): Promise<OverrideOutcome> {
    const { heard, unheard } = await this.#read(clusterId);
    const wanted = new Set(overrideIds);
    const turns = heard
      .map((director) => ({ director, set: [], end: director.state.overrides.filter(({ id, target }) => wanted.has(id) && target.clusterId === clusterId) }))
      .filter(({ end }) => end.length > 0);
    if (turns.length === 0 && unheard.length === 0) throw new PanelError('noSuchOverride');
    if (!turns.flatMap(({ end }) => end).every(isByHand)) throw new PanelError('overrideNotByHand');
    return this.#give(author, { action: 'overrides.end', clusterId, order: { overrideIds: [...wanted] }, turns, unheard });
  }

  /** Saves a revision with the override's weight. The override goes on until somebody ends it: the revision is not applied yet. */
  async keep(author: Author, { clusterId, overrideId, base, reason }: Keep): Promise<{ number: number }> {
    const { clusters } = this.#parts;
    const override = await this.#held(clusterId, overrideId);
    return clusters.save(author, { clusterId, base, definition: withWeightOf(clusters.view(clusterId), override), reason });
  }

  async #read(clusterId: string, only?: string): Promise<{ heard: Heard[]; unheard: Unheard[] }> {
    const directors = concerned(this.#parts, clusterId);
    if (directors.length === 0) throw new PanelError('nothingAccepted');
    const chosen = only === undefined ? directors : directors.filter(({ directorId }) => directorId === only);
    const readings = await readDirectors(this.#parts, clusterId, chosen);
    if (readings.length === 0) throw new PanelError(only === undefined ? 'nothingAccepted' : 'directorNotConcerned', { director: chosen[0]?.name ?? only ?? '' });
    return { heard: readings.filter((reading) => reading.error === null), unheard: readings.filter((reading) => reading.error !== null) };
  }

  async #held(clusterId: string, overrideId: string): Promise<Override> {
    const directors = await this.list(clusterId);
    const found = directors.flatMap(({ overrides }) => overrides ?? []).find(({ override }) => override.id === overrideId)?.override;
    if (found === undefined) throw new PanelError('noSuchOverride');
    if (!isByHand(found)) throw new PanelError('overrideNotByHand');
    return found;
  }

  async #give(author: Author, { action, clusterId, order, turns, unheard }: Given): Promise<OverrideOutcome> {
    const { db, gateway, clusters } = this.#parts;
    const audited: AuditedOrder = { action, cluster: clusters.view(clusterId), author, turns };
    await auditOrder(db, audited, order, Date.now());
    const taken = await Promise.all(turns.map((turn) => carryOut(gateway, turn)));
    const silent = unheard.map(unheardAnswer);
    await auditOutcome(db, audited, taken, silent, Date.now());
    const overrideIds = [...new Set(turns.flatMap(({ set, end }) => [...set, ...end]).map(({ id }) => id))];
    const directors = [...taken.map(({ answer }) => answer), ...silent].sort((a, b) => a.name.localeCompare(b.name));
    return { overrideIds, directors };
  }
}

/** One override has one id on all directors: that is how they are seen to agree. */
function ordersFor(order: OverrideOrder, { person }: Author, nowMs: number): (targets: readonly Target[]) => Override[] {
  const made = new Map<string, Override>();
  return (targets) => {
    if (targets.length > realServersMax) throw new PanelError('tooManyRealServers', { count: targets.length, max: realServersMax });
    return targets.map((target) => {
      const key = `${target.serviceId}/${target.realServerId}`;
      const override = made.get(key) ?? overrideOf(order, { id: nanoid(), target, author: person.name, nowMs });
      made.set(key, override);
      return override;
    });
  };
}
