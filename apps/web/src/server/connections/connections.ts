// The connections of a cluster's services, asked of each director that accepted the cluster: what it finds, or why it says nothing.
import type { ConnectionFilter, ConnectionList } from '@weir/model';
import type { Clusters } from '../clusters/clusters.ts';
import type { ClusterDirectorView } from '../clusters/cluster-view.ts';
import { PanelError } from '../errors.ts';
import type { ErrorCode, ErrorParams } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { ConnectionsFilter } from './filter.ts';

export interface ConnectionsParts {
  readonly gateway: Gateway;
  readonly clusters: Clusters;
}

export interface ConnectionsAsked {
  readonly clusterId: string;
  readonly filter: ConnectionsFilter;
  /** Entries of each director; with 0 they are counted only. */
  readonly limit: number;
}

interface Who {
  readonly directorId: string;
  readonly name: string;
}

interface Said extends Who {
  readonly list: ConnectionList;
  /** The panel's time. */
  readonly heardAtMs: number;
  readonly error: null;
}

interface Unsaid extends Who {
  readonly error: { readonly code: ErrorCode; readonly params: ErrorParams };
}

export type DirectorConnections = Said | Unsaid;

export class Connections {
  readonly #parts: ConnectionsParts;

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
  }

  async find(asked: ConnectionsAsked): Promise<DirectorConnections[]> {
    const { clusterId, filter: { directorId } } = asked;
    const all = this.#parts.clusters.view(clusterId).directors;
    const chosen = all.filter((director) => directorId === undefined || director.directorId === directorId);
    if (directorId !== undefined && chosen.length === 0) throw new PanelError('directorNotConcerned', { director: directorId });
    return Promise.all(chosen.filter(({ state }) => state !== 'none').map((director) => this.#ask(director, asked)));
  }

  async #ask({ directorId, name }: ClusterDirectorView, { clusterId, limit, filter: { client, rip, state, serviceId } }: ConnectionsAsked): Promise<DirectorConnections> {
    const filter: ConnectionFilter = { ...(client !== undefined && { client }), ...(rip !== undefined && { rip }), ...(state !== undefined && { state }) };
    try {
      const within = { clusterId, ...(serviceId !== undefined && { serviceId }) };
      const list = await this.#parts.gateway.client(directorId).connections({ limit, filter, within });
      return { directorId, name, list, heardAtMs: Date.now(), error: null };
    } catch (error) {
      if (error instanceof PanelError) return { directorId, name, error: { code: error.code, params: error.params } };
      throw error;
    }
  }
}
