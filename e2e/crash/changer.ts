// Somebody who saves revision after revision and applies most of them.
import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from '../weir/api.ts';
import { applyWith, type Cluster, order as applyNow, clusterWith, planOf, save } from '../weir/clusters.ts';
import { until } from '../weir/until.ts';
import type { Dice } from './dice.ts';
import { type ApplyOrder, type Book, hear, type RevisionOrder } from './orders.ts';
import { type Site, weighed, weightMax } from './site.ts';
import type { OnStep } from './step.ts';

export interface ActorParts {
  readonly api: Api;
  readonly site: Site;
  readonly book: Book;
  readonly dice: Dice;
  readonly onStep: OnStep;
}

const longestPauseMs = 250;
const applied = 0.8;

export class Changer {
  constructor(private readonly parts: ActorParts) {}

  async turn(): Promise<void> {
    const { api, site, dice } = this.parts;
    await this.#save(await clusterWith(api, site.clusterId));
    if (dice.next() < applied) await this.#apply();
    await pause(dice.below(longestPauseMs));
  }

  async #save(cluster: Cluster): Promise<void> {
    const { api, site, book, dice, onStep } = this.parts;
    const weights = site.realServers.map(() => 1 + dice.below(weightMax));
    const saving: RevisionOrder = { kind: 'save', mark: book.mark('save'), base: cluster.head.number, weights, said: 'nothing' };
    book.revisions.push(saving);
    const saved = save(api, cluster, weighed(cluster.head.definition, weights), saving.mark);
    onStep('save');
    await hear(saving, saved);
  }

  async #apply(): Promise<void> {
    const { api, site, book, onStep } = this.parts;
    const plan = await planOf(api, site.clusterId);
    if (plan.directors.every((director) => director.plan === null)) throw new Error('the director is not there to plan with');
    const ordering: ApplyOrder = { kind: 'apply', mark: book.mark('apply'), revision: plan.revision, applyId: null, said: 'nothing' };
    book.applies.push(ordering);
    const ordered = applyNow(api, plan);
    onStep('apply');
    const applyId = await hear(ordering, ordered);
    ordering.applyId = applyId;
    if (applyId === null) return;
    onStep('carryOut');
    await until('the apply has ended', 5_000, async () => (await applyWith(api, applyId)).finishedAt !== null);
  }
}
