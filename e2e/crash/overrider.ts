// Somebody who sets, ends and keeps overrides: weights, quiescing and maintenance, some of them with an end.
import { setTimeout as pause } from 'node:timers/promises';
import type { Override, OverrideCause } from '@weir/model';
import { z } from 'zod';
import { clusterWith } from '../weir/clusters.ts';
import type { ActorParts } from './changer.ts';
import { type EndOrder, hear, type RevisionOrder, type Said, type SetOrder } from './orders.ts';
import type { Overrides } from './there/overrides.ts';
import { heldBy } from './there/listed.ts';
import { weightMax, weightsIn } from './site.ts';

const Outcome = z.object({ directors: z.array(z.object({ ordered: z.int().nullable(), acknowledged: z.int(), error: z.unknown() })) });
type Outcome = z.infer<typeof Outcome>;

const longestPauseMs = 250;
const ending = 0.4;
const [soonestEndMs, latestEndMs] = [4_000, 24_000];

const causes: Record<SetOrder['kind'], OverrideCause> = { weight: 'manual', quiesce: 'drain', maintenance: 'maintenance' };

function saidBy({ directors }: Outcome): Said {
  return directors.length > 0 && directors.every(({ ordered, acknowledged, error }) => error === null && ordered === acknowledged) ? 'acknowledged' : 'doubtful';
}

export class Overrider {
  constructor(private readonly parts: ActorParts, private readonly overrides: Overrides) {}

  async turn(): Promise<void> {
    const { api, site, dice } = this.parts;
    const held = await heldBy(api, site);
    this.overrides.see(held);
    const kind = dice.pick<'end' | 'keep' | SetOrder['kind']>(['weight', 'weight', 'quiesce', 'maintenance', 'end', 'end', 'keep']);
    const chosen = held[dice.below(held.length)];
    if (kind === 'end' && chosen !== undefined) await this.#end(chosen);
    else if (kind === 'keep' && chosen !== undefined) await this.#keep(chosen);
    else if (kind !== 'end' && kind !== 'keep') await this.#set(kind);
    await pause(dice.below(longestPauseMs));
  }

  async #set(kind: SetOrder['kind']): Promise<void> {
    const { api, site: { clusterId, serviceId, realServers }, book, dice, onStep } = this.parts;
    // One real server goes on answering: what is forwarded can be seen by its answers.
    const realServerId = kind === 'weight' ? dice.pick(realServers) : realServers[0];
    const weight = kind === 'weight' ? 1 + dice.below(weightMax) : 0;
    const endsAtMs = dice.next() < ending ? Date.now() + soonestEndMs + dice.below(latestEndMs - soonestEndMs) : null;
    const setting: SetOrder = { kind, mark: book.mark(kind), cause: causes[kind], realServerId, weight, endsAtMs, said: 'nothing' };
    book.sets.push(setting);
    const set = api.mutate('overrides.set', Outcome, {
      clusterId, target: { kind: 'realServer', serviceId, realServerId }, effect: kind === 'weight' ? { kind, weight } : { kind }, reason: setting.mark, endsAtMs,
    });
    onStep(kind);
    await hear(setting, set, saidBy);
    this.overrides.set(setting);
  }

  async #end({ id }: Override): Promise<void> {
    const { api, site: { clusterId }, book, onStep } = this.parts;
    const order: EndOrder = { kind: 'end', mark: book.mark('end'), overrideId: id, said: 'nothing' };
    book.ends.push(order);
    const ended = api.mutate('overrides.end', Outcome, { clusterId, overrideIds: [id] });
    onStep('end');
    await hear(order, ended, saidBy);
    this.overrides.end(order);
  }

  async #keep({ id, target, effect }: Override): Promise<void> {
    const { api, site: { clusterId, realServers }, book, onStep } = this.parts;
    if (effect.kind !== 'weight') return;
    const { head } = await clusterWith(api, clusterId);
    const weights = weightsIn(head.definition).map((weight, index) => (realServers[index] === target.realServerId ? effect.weight : weight));
    const keeping: RevisionOrder = { kind: 'keep', mark: book.mark('keep'), base: head.number, weights, said: 'nothing' };
    book.revisions.push(keeping);
    const kept = api.mutate('overrides.keep', z.object({ number: z.int() }), { clusterId, overrideId: id, base: head.number, reason: keeping.mark });
    onStep('keep');
    await hear(keeping, kept);
  }
}
