// Whether every acknowledged revision is there as it was saved, and of the others each wholly or not at all.
import { ClusterDefinition, same } from '@weir/model';
import { z } from 'zod';
import type { Api } from '../../weir/api.ts';
import { clusterWith } from '../../weir/clusters.ts';
import type { RevisionOrder } from '../orders.ts';
import { weightsIn } from '../site.ts';

const Revision = z.object({ number: z.int(), basedOn: z.int().nullable(), reason: z.string(), author: z.string(), definition: ClusterDefinition });
export type Revision = z.infer<typeof Revision>;

export class RevisionsThere {
  readonly #known = new Map<number, Revision>();

  get(number: number): Revision | undefined {
    return this.#known.get(number);
  }

  /** The revision that an order made. */
  of({ mark }: RevisionOrder): Revision | undefined {
    return [...this.#known.values()].find(({ reason }) => reason === mark);
  }

  /** `whole`: reads those that were read before once more. */
  async check(api: Api, clusterId: string, orders: readonly RevisionOrder[], whole: boolean): Promise<string[]> {
    const wrong: string[] = [];
    const { head } = await clusterWith(api, clusterId);
    const read = this.#known.size;
    if (head.number < read) wrong.push(`the newest revision is ${head.number}, and ${read} was there`);
    for (let number = whole ? 1 : read + 1; number <= Math.max(head.number, read); number += 1) {
      const revision = await api.query('clusters.revision', Revision, { clusterId, number });
      const before = this.#known.get(number);
      if (before !== undefined && !same(before, revision)) wrong.push(`revision ${number} is another than it was`);
      this.#known.set(number, revision);
    }
    return [...wrong, ...this.#repeats(), ...orders.flatMap((order) => this.#compare(order))];
  }

  #repeats(): string[] {
    const reasons = [...this.#known.values()].map(({ reason }) => reason);
    return reasons.filter((reason, index) => reasons.indexOf(reason) !== index).map((reason) => `"${reason}" was saved twice`);
  }

  #compare(order: RevisionOrder): string[] {
    const { mark, base, weights, said } = order;
    const revision = this.of(order);
    if (revision === undefined) return said === 'acknowledged' ? [`revision "${mark}" was acknowledged and is lost`] : [];
    if (said === 'refused') return [`revision "${mark}" was refused and is there`];
    const whole = revision.number === base + 1 && revision.basedOn === base && same(weightsIn(revision.definition), weights);
    return whole ? [] : [`revision "${mark}" is there otherwise than ordered: ${JSON.stringify(revision)}`];
  }
}
