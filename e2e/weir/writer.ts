// Saves and applies one cluster over and over, and remembers what the panel acknowledged.
import type { ClusterDefinition } from '@weir/model';
import type { Api } from './api.ts';
import { applyWith, clusterNamed, order, planOf, save } from './clusters.ts';
import { until } from './until.ts';

export type Step = 'save' | 'order' | 'apply';

/** What revision `number` says, whoever saves it: two weights that tell it apart from those around it. */
export function weightsOf(number: number): [number, number] {
  return [1 + (number % 7), 1 + (Math.floor(number / 7) % 7)];
}

function definitionOf(number: number, before: ClusterDefinition): ClusterDefinition {
  const weights = weightsOf(number);
  return {
    ...before,
    services: before.services.map((service) => ({
      ...service, scheduler: { name: 'wrr' },
      realServers: service.realServers.map((realServer, index) => ({ ...realServer, weight: weights[index] ?? 1 })),
    })),
  };
}

export class Writer {
  /** Revisions that the panel said it has. */
  readonly acknowledged = new Set<number>();
  /** Applies that the panel said it began. */
  readonly ordered: string[] = [];
  /** Saves and applies that came to their end. */
  finished = 0;
  #stopped = false;
  #done: Promise<void> = Promise.resolve();

  constructor(private readonly api: Api, private readonly cluster: string, private readonly onStep: (step: Step) => void) {}

  start(): void {
    this.#stopped = false;
    this.#done = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  async #run(): Promise<void> {
    // Whatever is killed, it goes on: what was not acknowledged may be there or not.
    while (!this.#stopped) await this.#once().catch(() => undefined);
  }

  async #once(): Promise<void> {
    const cluster = await clusterNamed(this.api, this.cluster);
    const saving = save(this.api, cluster, definitionOf(cluster.head.number + 1, cluster.head.definition));
    this.onStep('save');
    this.acknowledged.add(await saving);
    const plan = await planOf(this.api, cluster.id);
    const ordering = order(this.api, plan);
    this.onStep('order');
    const applyId = await ordering;
    this.ordered.push(applyId);
    this.onStep('apply');
    await until('the apply has ended', 5_000, async () => (await applyWith(this.api, applyId)).finishedAt !== null);
    this.finished += 1;
  }
}
