// The tutorial's cluster: offered on a fresh panel, saved and applied by the same functions as any other.
import { claimsOf, labTutorialCluster, tutorialCluster } from '@weir/model';
import type { ClusterDefinition, DriverKind } from '@weir/model';
import type { Changes } from '../changes/changes.ts';
import { PanelError } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Clusters } from './clusters.ts';
import type { Author } from './saving/save.ts';

export interface Tutorial {
  readonly network: 'loopback' | 'lab';
  /** What its director forwards with. */
  readonly driver: DriverKind;
  readonly cluster: (directorId: string) => ClusterDefinition;
}

export const tutorials: Readonly<Record<Tutorial['network'], Tutorial>> = {
  loopback: { network: 'loopback', driver: 'proxy', cluster: tutorialCluster },
  lab: { network: 'lab', driver: 'ipvs', cluster: labTutorialCluster },
};

export interface TutorialParts {
  readonly tutorial: Tutorial;
  readonly gateway: Gateway;
  readonly clusters: Clusters;
  readonly changes: Changes;
}

export type TutorialOffer =
  | { readonly offered: true; readonly why: null; readonly directorId: string; readonly network: Tutorial['network'] }
  | { readonly offered: false; readonly why: 'noDirector' | 'exists' | 'addressTaken'; readonly directorId: null };

export function tutorialOffer({ gateway, clusters, tutorial }: Omit<TutorialParts, 'changes'>): TutorialOffer {
  const director = gateway.directors().find(({ link, hello }) => link.state === 'connected' && hello?.capabilities.driver === tutorial.driver);
  if (director === undefined) return { offered: false, why: 'noDirector', directorId: null };
  const definition = tutorial.cluster(director.id);
  const others = clusters.allWanted();
  if (others.some(({ name }) => name === definition.name)) return { offered: false, why: 'exists', directorId: null };
  const taken = new Set(others.flatMap((other) => claimsOf(other.definition)).map(({ directorId, key }) => `${directorId} ${key}`));
  if (claimsOf(definition).some(({ directorId, key }) => taken.has(`${directorId} ${key}`))) return { offered: false, why: 'addressTaken', directorId: null };
  return { offered: true, why: null, directorId: director.id, network: tutorial.network };
}

export async function createTutorial(parts: TutorialParts, author: Author): Promise<{ clusterId: string; applyId: string }> {
  const offer = tutorialOffer(parts);
  if (!offer.offered) throw new PanelError('tutorialNotOffered', { why: offer.why });
  const definition = parts.tutorial.cluster(offer.directorId);
  const { clusterId, number } = await parts.clusters.create(author, { definition, reason: '' });
  const plan = await parts.changes.plan(clusterId, number);
  const directors = plan.directors.map((director) => {
    if (director.error !== null) throw new PanelError(director.error.code, director.error.params);
    return { directorId: director.directorId, digest: director.plan.digest, replaces: director.plan.replaces };
  });
  const { applyId } = await parts.changes.apply(author, { clusterId, revision: number, directors, onFailure: 'rollBack', name: definition.name });
  return { clusterId, applyId };
}
