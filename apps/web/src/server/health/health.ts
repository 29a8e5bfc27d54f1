// Health in the panel: what directors say of their real servers, kept as a log, and why, asked of them.
import type { EvidenceInput, HealthChangesEvent } from '@weir/protocol';
import type { Clusters } from '../clusters/clusters.ts';
import type { Database } from '../db/database.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../logger.ts';
import { findEvidence } from './evidence.ts';
import type { DirectorEvidence } from './evidence.ts';
import { HealthLog } from './log.ts';
import type { HealthLogFilter, HealthLogPage } from './log.ts';

export interface HealthParts {
  readonly db: Database;
  readonly gateway: Gateway;
  readonly clusters: Clusters;
  readonly logger: Logger;
}

export class Health {
  readonly #parts: HealthParts;
  readonly #log: HealthLog;

  constructor(parts: HealthParts) {
    const { db, gateway, clusters, logger } = parts;
    this.#parts = parts;
    this.#log = new HealthLog({ db, logger, namesOf: (at) => namesOf(clusters, at) });
    gateway.onHealthChanges((directorId, event: HealthChangesEvent) => {
      this.#log.add({ directorId, directorName: gateway.director(directorId)?.name ?? directorId }, event);
    });
  }

  evidence(place: EvidenceInput): Promise<DirectorEvidence[]> {
    return findEvidence(this.#parts, place);
  }

  changes(filter: HealthLogFilter): Promise<HealthLogPage> {
    return this.#log.read(filter);
  }

  /** When what was heard is written. */
  close(): Promise<void> {
    return this.#log.close();
  }
}

/** As the wanted revision calls them, else their ids. */
function namesOf(clusters: Clusters, { clusterId, serviceId, realServerId }: { readonly clusterId: string; readonly serviceId: string; readonly realServerId: string | null }) {
  const wanted = clusters.allWanted().find((revision) => revision.clusterId === clusterId);
  const service = wanted?.definition.services.find(({ id }) => id === serviceId);
  const realServer = service?.realServers.find(({ id }) => id === realServerId);
  return { clusterName: wanted?.name ?? null, serviceName: service?.name ?? serviceId, realServerName: realServer?.name ?? realServerId };
}
