// The connections of a cluster's services, asked of each director that accepted the cluster: what it finds, or why it says nothing.
import type { ConnectionFilter, ConnectionGrouping, ConnectionList, Followed, IpAddress } from '@weir/model';
import type { Clusters } from '../clusters/clusters.ts';
import type { ClusterDirectorView } from '../clusters/cluster-view.ts';
import { PanelError } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { saidBy } from '../gateway/said.ts';
import type { Said, Unsaid } from '../gateway/said.ts';
import type { ConnectionsFilter } from './filter.ts';

export interface ConnectionsParts {
  readonly gateway: Gateway;
  readonly clusters: Clusters;
}

export interface ConnectionsAsked {
  readonly clusterId: string;
  readonly filter: ConnectionsFilter;
  readonly groupBy?: ConnectionGrouping | undefined;
  /** Entries of each director; with 0 they are counted only. */
  readonly limit: number;
}

export interface FollowAsked {
  readonly clusterId: string;
  readonly client: IpAddress;
  readonly clientPort: number | null;
  readonly serviceId?: string | undefined;
  readonly directorId?: string | undefined;
}

export type DirectorFollowed = Said<{ readonly followed: Followed }> | Unsaid;

export type DirectorConnections = Said<{ readonly list: ConnectionList }> | Unsaid;

export class Connections {
  readonly #parts: ConnectionsParts;

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
  }

  async find(asked: ConnectionsAsked): Promise<DirectorConnections[]> {
    return Promise.all(this.#forwarding(asked.clusterId, asked.filter.directorId).map((director) => this.#ask(director, asked)));
  }

  /** One client: what it has on each director, and where a new connection would go. */
  async follow({ directorId, serviceId, ...asked }: FollowAsked): Promise<DirectorFollowed[]> {
    const input = { ...asked, ...(serviceId !== undefined && { serviceId }) };
    return Promise.all(this.#forwarding(asked.clusterId, directorId).map((director) => (
      saidBy(director, async () => ({ followed: await this.#parts.gateway.client(director.directorId).follow(input) })))));
  }

  #forwarding(clusterId: string, directorId: string | undefined): ClusterDirectorView[] {
    const all = this.#parts.clusters.view(clusterId).directors;
    const chosen = all.filter((director) => directorId === undefined || director.directorId === directorId);
    if (directorId !== undefined && chosen.length === 0) throw new PanelError('directorNotConcerned', { director: directorId });
    return chosen.filter(({ state }) => state !== 'none');
  }

  #ask(director: ClusterDirectorView, { clusterId, limit, groupBy, filter: { client, network, rip, protocol, state, serviceId } }: ConnectionsAsked): Promise<DirectorConnections> {
    const filter: ConnectionFilter = { client, network, rip, protocol, state };
    const within = { clusterId, ...(serviceId !== undefined && { serviceId }) };
    return saidBy(director, async () => ({ list: await this.#parts.gateway.client(director.directorId).connections({ limit, filter, within, ...(groupBy !== undefined && { groupBy }) }) }));
  }
}
