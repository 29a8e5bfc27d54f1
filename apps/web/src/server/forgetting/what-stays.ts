// Asks all who know something of a director what it may go on forwarding.
import type { ClusterDefinition } from '@weir/model';
import { isDigestOf } from '@weir/protocol';
import type { Clusters } from '../clusters/clusters.ts';
import type { Database } from '../db/database.ts';
import { PanelError } from '../errors.ts';
import type { DirectorView } from '../gateway/director-view.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { namedBy } from './director-row.ts';
import { holdingsOf } from './holdings.ts';
import type { Holding } from './holdings.ts';
import type { LastSamples } from './last-samples.ts';
import { remainsOf } from './remains.ts';
import type { KnownHolding } from './remains.ts';
import type { DirectorRemains } from './remains-view.ts';

export interface StayingParts {
  readonly db: Database;
  readonly gateway: Gateway;
  readonly clusters: Clusters;
  readonly samples: LastSamples;
}

export async function whatStaysOn(parts: StayingParts, director: DirectorView): Promise<DirectorRemains> {
  const { db, gateway, samples } = parts;
  const state = gateway.state(director.id);
  return remainsOf({
    director,
    holdings: await knownHoldings(parts, director),
    overrides: state?.overrides ?? [],
    host: state?.host ?? null,
    sample: samples.get(director.id),
    namedBy: await namedBy(db, director.id),
    nowMs: Date.now(),
  });
}

/** An order to give the cluster up adds nothing to what a director may hold. */
export async function knownHoldings(parts: Pick<StayingParts, 'db' | 'clusters'>, director: DirectorView): Promise<KnownHolding[]> {
  const holdings = await Promise.all((await holdingsOf(parts.db, director)).map((holding) => known(parts.clusters, holding)));
  return holdings.filter(({ how, definition }) => how === 'accepted' || definition === null || names(definition, director.id));
}

function names({ directors }: ClusterDefinition, directorId: string): boolean {
  return directors.some((director) => director.directorId === directorId);
}

/** One number may stand for two definitions, where the panel's database is an older one: only the digest tells. */
async function known(clusters: Clusters, holding: Holding): Promise<KnownHolding> {
  try {
    const { clusterId, revision } = holding;
    const cluster = clusters.standing(clusterId).wanted.name;
    const definition = await clusters.definition(clusterId, revision);
    return { ...holding, cluster, definition: holding.digest === null || isDigestOf(holding.digest, definition) ? definition : null };
  } catch (error) {
    if (!(error instanceof PanelError)) throw error;
    return { ...holding, cluster: error.code === 'noSuchCluster' ? null : clusters.standing(holding.clusterId).wanted.name, definition: null };
  }
}
