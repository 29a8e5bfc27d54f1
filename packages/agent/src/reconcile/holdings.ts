// What this director holds: accepted definitions and overrides, on the disk first and then in memory.
import type { Override, ServiceMatch } from '@weir/model';
import type { AcceptedRevision, ConnectionsInput } from '@weir/protocol';
import type { DataFolder, HeldCluster } from '../disk/data-folder.ts';
import { RequestFault } from '../fault.ts';
import type { Held } from './plan/effective-table.ts';

const MOST_CLUSTERS = 1_000;
const MOST_OVERRIDES = 10_000;

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

  private constructor(files: Files, { accepted, overrides }: Held) {
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
    return { accepted: this.#accepted, overrides: this.#overrides };
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
  }

  async setOverrides(overrides: readonly Override[]): Promise<void> {
    if (overrides.length > MOST_OVERRIDES) throw new RequestFault('badRequest', { field: 'override', reason: 'tooManyOverrides' });
    await this.#files.overrides.write({ format: 1, overrides: [...overrides] });
    this.#overrides = overrides;
  }
}
