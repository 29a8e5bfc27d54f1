// A drain as it stands: what each director says of it, and whether all of them say that it is safe. Pure but for what it looks at.
import { isLate } from '@weir/model';
import type { ClusterDefinition, DrainState } from '@weir/model';
import type { EventObject } from '../../events/event.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { ClusterDirectorView } from '../clusters/cluster-view.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Live } from '../live/live.ts';
import type { LastSamples } from '../forgetting/last-samples.ts';
import { concerned } from '../overrides/reading.ts';
import { countedOf, isNothing } from './counted.ts';
import type { DirectorDrain, DrainTargetView, DrainView } from './drain-view.ts';
import type { DrainRow } from './rows.ts';

export interface LookParts {
  readonly gateway: Pick<Gateway, 'director' | 'state' | 'stateNow'>;
  readonly clusters: Clusters;
  readonly live: Pick<Live, 'acceptedDefinition'>;
  readonly samples: Pick<LastSamples, 'get' | 'heardAtMs'>;
}

/** A director that is heard measures each second: what it measured longer ago is not how it stands now. */
const MEASURED_WITHIN_MS = 10_000;

export function definitionOn({ gateway, live }: Pick<LookParts, 'gateway' | 'live'>, directorId: string, clusterId: string): ClusterDefinition | null {
  const held = gateway.state(directorId)?.accepted.find((accepted) => accepted.clusterId === clusterId);
  return held === undefined ? null : live.acceptedDefinition(held);
}

function stateOf(all: readonly DrainState[] | null | undefined, drainId: string): DirectorDrain['state'] {
  if (all === undefined) return null;
  const found = all?.find(({ drain }) => drain.id === drainId);
  if (found === undefined) return 'lacks';
  const { drain: _, ...state } = found;
  return state;
}

function directorDrain(parts: LookParts, { clusterId, drain }: DrainRow, { directorId, name, link }: ClusterDirectorView, nowMs: number): DirectorDrain {
  const state = stateOf(parts.gateway.state(directorId)?.drains, drain.id);
  const measured = parts.samples.heardAtMs(directorId);
  // Of one that is silent it is the last word, and shown as that.
  const isOver = link === 'connected' && measured !== null && nowMs - measured > MEASURED_WITHIN_MS;
  const sample = isOver ? null : parts.samples.get(directorId);
  return {
    directorId, name, link, state,
    heardAtMs: parts.gateway.director(directorId)?.link.lastSeenAt ?? null,
    late: state !== null && state !== 'lacks' && isLate({ ...state, drain }, nowMs),
    counts: countedOf(drain.targets, definitionOn(parts, directorId, clusterId), sample),
    measuredAtMs: sample?.measuredAtMs ?? null,
  };
}

/** It has proved it, is heard now, and counts nothing now. */
function saysSafe({ gateway }: Pick<LookParts, 'gateway'>, { directorId, state, counts }: DirectorDrain): boolean {
  return gateway.stateNow(directorId) !== null && state !== null && state !== 'lacks' && state.phase === 'done' && counts.every(isNothing);
}

export function namesOf({ services }: ClusterDefinition, targets: readonly { readonly serviceId: string; readonly realServerId: string }[]): DrainTargetView[] {
  return targets.map(({ serviceId, realServerId }) => {
    const service = services.find(({ id }) => id === serviceId);
    const realServer = service?.realServers.find(({ id }) => id === realServerId);
    return { serviceId, realServerId, service: service?.name ?? serviceId, realServer: realServer?.name ?? realServerId };
  });
}

/** Whom its events concern, besides the cluster: the real server, where it is one alone. */
export function aboutTargets([only, ...others]: readonly DrainTargetView[]): Partial<EventObject> {
  if (only === undefined || others.length > 0) return {};
  return { serviceId: only.serviceId, serviceName: only.service, realServerId: only.realServerId, realServerName: only.realServer };
}

/** Services of the cluster in which the host takes new connections: not drained, or by a later revision. Null: not known. */
function elsewhereOn(parts: LookParts, { clusterId, host, drain }: DrainRow, directorId: string): string[] | null {
  const definition = definitionOn(parts, directorId, clusterId);
  if (definition === null) return null;
  const drained = new Set(drain.targets.map(keyOf));
  const places = definition.services.flatMap(({ id: serviceId, name, realServers }) => (
    realServers.map(({ id, rip }) => ({ name, rip, isDrained: drained.has(keyOf({ serviceId, realServerId: id })) }))));
  const rips = host === null ? places.filter(({ isDrained }) => isDrained).map(({ rip }) => rip) : [host];
  return places.filter(({ rip, isDrained }) => !isDrained && rips.includes(rip)).map(({ name }) => name);
}

function keyOf({ serviceId, realServerId }: { readonly serviceId: string; readonly realServerId: string }): string {
  return `${serviceId}/${realServerId}`;
}

export function lookAt(parts: LookParts, row: DrainRow, nowMs: number): DrainView {
  const { clusterId, drain: { id, targets, author, reason, startedAtMs, deadlineMs, atDeadline }, host, safeAtMs } = row;
  const directors = concerned(parts, clusterId).map((director) => directorDrain(parts, row, director, nowMs));
  const elsewhere = directors.map(({ directorId }) => elsewhereOn(parts, row, directorId));
  return {
    id, clusterId, host, author, reason, startedAtMs, deadlineMs, atDeadline, directors, safeAtMs,
    targets: namesOf(parts.clusters.view(clusterId).head.definition, targets),
    safe: directors.length > 0 && directors.every((director) => saysSafe(parts, director)) && (host === null || elsewhere.every((services) => services?.length === 0)),
    elsewhere: [...new Set(elsewhere.flatMap((services) => services ?? []))],
  };
}
