// The end of directors and clusters: removed where every host confirms that nothing is left, forgotten where one does not answer.
import type { Author } from '../clusters/saving/save.ts';
import type { LeftOn } from '../clusters/cluster-view.ts';
import type { ToRetire } from '../clusters/retirement.ts';
import { PanelError } from '../errors.ts';
import type { DirectorView } from '../gateway/director-view.ts';
import { deleteDirector } from './director-row.ts';
import { forgottenHolders } from './forgotten.ts';
import { LastSamples } from './last-samples.ts';
import { ofCluster } from './remains.ts';
import type { ClusterHolder, ClusterRemains, DirectorRemains } from './remains-view.ts';
import { knownHoldings, whatStaysOn } from './what-stays.ts';
import type { StayingParts } from './what-stays.ts';

/** What a person typed, so that the one meant is forgotten and no other. */
interface Typed {
  readonly name: string;
}

// A director can have thousands of services; the log names the clusters they belong to.
const loggedServicesMax = 100;

export class Forgetting {
  readonly #parts: StayingParts;

  constructor(parts: Omit<StayingParts, 'samples'>) {
    this.#parts = { ...parts, samples: new LastSamples(parts.gateway) };
  }

  ofDirector(directorId: string): Promise<DirectorRemains> {
    return whatStaysOn(this.#parts, this.#director(directorId));
  }

  /** A director that answers, holds nothing and forwards nothing of ours. It obeys this panel no more. */
  async removeDirector(author: Author, directorId: string): Promise<void> {
    const { db, gateway } = this.#parts;
    const { name } = this.#director(directorId);
    const client = gateway.client(directorId);
    const { accepted, driftCount } = await client.state();
    if (accepted.length > 0) throw new PanelError('directorHolds', { director: name, clusters: accepted.map(({ clusterId }) => this.#nameOf(clusterId)).join(', ') });
    if (driftCount > 0) throw new PanelError('directorDrifts', { director: name, operations: driftCount });
    await deleteDirector(db, author, directorId, 'directors.remove', async () => {
      await client.release(directorId);
      return { released: true };
    });
    await this.#drop(directorId);
  }

  /** A director that does not answer. What it forwards stays, and is in the log with it. */
  async forgetDirector(author: Author, { directorId, name }: Typed & { readonly directorId: string }): Promise<void> {
    const director = this.#director(directorId);
    refuseOtherName(name, director.name);
    await this.#refuseAnswering([director]);
    const { held, services, vips, lastSeenAt } = await this.ofDirector(directorId);
    await deleteDirector(this.#parts.db, author, directorId, 'directors.forget', () => Promise.resolve({
      lastSeenAt: lastSeenAt === null ? null : new Date(lastSeenAt).toISOString(),
      mayStillHold: held.map(({ clusterId, cluster, revision, how }) => ({ clusterId, cluster, revision, how })),
      mayStillForward: { count: services.length, services: services.slice(0, loggedServicesMax).map(({ key }) => key) },
      vips: vips.filter((vip) => vip.interface !== null).slice(0, loggedServicesMax).map(({ address }) => address),
    }));
    await this.#drop(directorId);
  }

  async holdersOf(clusterId: string): Promise<ClusterHolder[]> {
    this.#parts.clusters.standing(clusterId);
    const forgotten = await forgottenHolders(this.#parts.db, clusterId);
    return [
      ...(await this.#holders(clusterId)).map(({ director: { id, name, link } }) => ({ directorId: id, name, link: link.state })),
      ...forgotten.map(({ directorId, director }) => ({ directorId, name: director, link: null })),
    ];
  }

  async ofCluster(clusterId: string): Promise<ClusterRemains> {
    const { name } = this.#parts.clusters.view(clusterId);
    const holders = await this.#holders(clusterId);
    const directors = await Promise.all(holders.map(async ({ director }) => {
      const all = await whatStaysOn(this.#parts, director);
      const others = all.held.filter((held) => held.clusterId !== clusterId).map(({ clusterId: id, cluster }) => cluster ?? id);
      return { ...ofCluster(all, clusterId), alsoThere: [...new Set(others)] };
    }));
    return { clusterId, name, directors };
  }

  /** A cluster that every director has confirmed to have given up. One that was forgotten before cannot: it stays in the record. */
  async retireCluster(author: Author, input: ToRetire): Promise<void> {
    const holders = await this.#holders(input.clusterId);
    if (holders.length > 0) throw new PanelError('clusterHeld', { directors: namesOf(holders) });
    await this.#parts.clusters.retire(author, input, await forgottenHolders(this.#parts.db, input.clusterId));
  }

  /** A cluster that only directors hold which do not answer. */
  async forgetCluster(author: Author, { name, ...input }: Typed & ToRetire): Promise<void> {
    refuseOtherName(name, this.#parts.clusters.view(input.clusterId).name);
    const holders = await this.#holders(input.clusterId);
    await this.#refuseAnswering(holders.map(({ director }) => director));
    const forgotten = await forgottenHolders(this.#parts.db, input.clusterId);
    await this.#parts.clusters.retire(author, input, [...holders.map(({ leftOn }) => leftOn), ...forgotten]);
  }

  async #holders(clusterId: string): Promise<{ director: DirectorView; leftOn: LeftOn }[]> {
    const directors = this.#parts.gateway.directors();
    const found = await Promise.all(directors.map(async (director) => {
      const held = (await knownHoldings(this.#parts, director)).filter((holding) => holding.clusterId === clusterId);
      return { director, leftOn: { directorId: director.id, director: director.name, revisions: held.map(({ revision }) => revision) } };
    }));
    return found.filter(({ leftOn }) => leftOn.revisions.length > 0);
  }

  /** Whoever answers at this moment can give it up, and is to be asked to. */
  async #refuseAnswering(directors: readonly DirectorView[]): Promise<void> {
    const answering = await Promise.all(directors.map(async ({ id, name }) => {
      const answered = await this.#parts.gateway.client(id).hello().then(() => true, (error: unknown) => {
        if (error instanceof PanelError) return false;
        throw error;
      });
      return answered ? [name] : [];
    }));
    const names = answering.flat();
    if (names.length > 0) throw new PanelError('stillAnswers', { directors: names.join(', ') });
  }

  #director(directorId: string): DirectorView {
    const director = this.#parts.gateway.director(directorId);
    if (director === null) throw new PanelError('noSuchDirector', { director: directorId });
    return director;
  }

  #nameOf(clusterId: string): string {
    return this.#parts.clusters.nameOf(clusterId) ?? clusterId;
  }

  async #drop(directorId: string): Promise<void> {
    this.#parts.samples.drop(directorId);
    await this.#parts.gateway.drop(directorId);
  }
}

function namesOf(holders: readonly { readonly director: DirectorView }[]): string {
  return holders.map(({ director }) => director.name).join(', ');
}

function refuseOtherName(typed: string, name: string): void {
  if (typed.trim() !== name) throw new PanelError('nameDiffers', { name });
}
