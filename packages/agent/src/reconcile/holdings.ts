// What this director holds: accepted definitions and overrides, on the disk first and then in memory; and what health asks for, which has a file of its own.
import type { Override, ServiceMatch } from '@weir/model';
import type { AcceptedRevision, ConnectionsInput } from '@weir/protocol';
import type { DataFolder, HeldCluster } from '../disk/data-folder.ts';
import { RequestFault } from '../fault.ts';
import type { Held } from './plan/effective-table.ts';

const MOST_CLUSTERS = 1_000;
const MOST_OVERRIDES = 10_000;

/** Decides what health asks to be changed of what is accepted. */
export interface HealthSource {
  /** From now on this is accepted. */
  accept(accepted: readonly HeldCluster[]): readonly Override[];
  /** What it would be, were this accepted at that time. */
  preview(accepted: readonly HeldCluster[], nowMs: number): readonly Override[];
}

const noHealth: HealthSource = { accept: () => [], preview: () => [] };

type Files = Pick<DataFolder, 'accepted' | 'overrides'>;

/** The held clusters with one of them replaced; null takes it away. */
export function withCluster(
  accepted: readonly HeldCluster[], clusterId: string, cluster: HeldCluster | null,
): readonly HeldCluster[] {
  const others = accepted.filter((other) => other.clusterId !== clusterId);
  return cluster === null ? others : [...others, cluster];
}

export class Holdings {
  readonly #files: Files;
  #accepted: readonly HeldCluster[];
  #overrides: readonly Override[];
  #health: readonly Override[] = [];
  #source = noHealth;

  private constructor(files: Files, { accepted, overrides }: Omit<Held, 'health'>) {
    this.#files = files;
    this.#accepted = accepted;
    this.#overrides = overrides;
  }

  static async load(files: Files): Promise<Holdings> {
    const accepted = await files.accepted.read();
    const overrides = await files.overrides.read();
    return new Holdings(files, { accepted: accepted?.clusters ?? [], overrides: overrides?.overrides ?? [] });
  }

  get held(): Held {
    return { accepted: this.#accepted, overrides: this.#overrides, health: this.#health };
  }

  /** What would be held, were this accepted at that time. */
  with(accepted: readonly HeldCluster[], nowMs: number): Held {
    return { ...this.held, accepted, health: this.#source.preview(accepted, nowMs) };
  }

  watchedBy(source: HealthSource): void {
    this.#source = source;
    this.#health = source.accept(this.#accepted);
  }

  setHealth(health: readonly Override[]): void {
    this.#health = health;
  }

  get revisions(): AcceptedRevision[] {
    return this.#accepted.map(({ clusterId, revision, digest, acceptedAtMs }) => ({ clusterId, revision, digest, acceptedAtMs }));
  }

  cluster(clusterId: string): HeldCluster | null {
    return this.#accepted.find((cluster) => cluster.clusterId === clusterId) ?? null;
  }

  /** The traffic of a cluster or of one of its services: none of what is not held. */
  matches({ clusterId, serviceId }: NonNullable<ConnectionsInput['within']>): readonly ServiceMatch[] {
    const services = this.cluster(clusterId)?.definition.services ?? [];
    return services.filter(({ id }) => serviceId === undefined || id === serviceId).map(({ match }) => match);
  }

  /** Of one service that is held; refused where it is not. */
  match(service: { readonly clusterId: string; readonly serviceId: string }): ServiceMatch {
    const [match] = this.matches(service);
    if (match === undefined) throw new RequestFault('badRequest', { field: 'service', reason: 'not held here' });
    return match;
  }

  async setAccepted(accepted: readonly HeldCluster[]): Promise<void> {
    if (accepted.length > MOST_CLUSTERS) throw new RequestFault('badRequest', { field: 'clusterId', reason: 'tooManyClusters' });
    await this.#files.accepted.write({ format: 1, clusters: [...accepted] });
    this.#accepted = accepted;
    this.#health = this.#source.accept(accepted);
  }

  async setOverrides(overrides: readonly Override[]): Promise<void> {
    if (overrides.length > MOST_OVERRIDES) throw new RequestFault('badRequest', { field: 'override', reason: 'tooManyOverrides' });
    await this.#files.overrides.write({ format: 1, overrides: [...overrides] });
    this.#overrides = overrides;
  }
}
