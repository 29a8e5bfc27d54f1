// What health would ask for under definitions that are not accepted yet: a person reviews what comes to be, not what would be without health.
import { decide, overridesOf, startVerdict } from '@weir/model';
import type { DirectorHealth, Override, RealServer, Verdict, VirtualService } from '@weir/model';
import type { HeldCluster } from '../disk/data-folder.ts';
import type { ConnectionsOf } from './connections.ts';

export interface PreviewParts {
  readonly accepted: readonly HeldCluster[];
  readonly held: readonly HeldCluster[];
  readonly engine: Pick<DirectorHealth, 'decisions' | 'verdictOn'>;
  readonly orders: readonly Override[];
  readonly connectionsOf: ConnectionsOf;
  readonly thresholds: boolean;
  readonly nowMs: number;
}

function isSame(a: RealServer, b: RealServer | undefined): boolean {
  return b !== undefined && a.rip === b.rip && a.port === b.port;
}

function previewOf(cluster: HeldCluster, service: VirtualService, parts: PreviewParts): readonly Override[] {
  const { health } = service;
  if (health === undefined) return [];
  const { held, engine, orders, connectionsOf, thresholds, nowMs } = parts;
  const at = { clusterId: cluster.clusterId, serviceId: service.id };
  const old = held.find(({ clusterId }) => clusterId === cluster.clusterId)?.definition.services.find(({ id }) => id === service.id);
  const verdicts = new Map(service.realServers.map((realServer): [string, Verdict] => {
    const known = isSame(realServer, old?.realServers.find(({ id }) => id === realServer.id)) ? engine.verdictOn({ ...at, realServerId: realServer.id }) : null;
    return [realServer.id, known ?? startVerdict(health, nowMs)];
  }));
  return overridesOf(decide({
    clusterId: at.clusterId, service, health, verdicts, thresholds, nowMs,
    overrides: orders.filter(({ target }) => target.clusterId === at.clusterId && target.serviceId === at.serviceId),
    connectionsOf: (realServerId) => connectionsOf({ ...at, realServerId }),
    before: engine.decisions.find(({ clusterId, serviceId }) => clusterId === at.clusterId && serviceId === at.serviceId) ?? null,
  }));
}

export function previewed(parts: PreviewParts): readonly Override[] {
  const { accepted, held, engine } = parts;
  const same = new Set(accepted.filter((cluster) => held.includes(cluster)).map(({ clusterId }) => clusterId));
  const others = accepted.filter(({ clusterId }) => !same.has(clusterId));
  return [
    ...engine.decisions.filter(({ clusterId }) => same.has(clusterId)).flatMap(overridesOf),
    ...others.flatMap((cluster) => cluster.definition.services.flatMap((service) => previewOf(cluster, service, parts))),
  ];
}
