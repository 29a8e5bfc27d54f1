// How real servers stand, as the directors of a cluster say. Pure.
import type { CheckerState, ServiceStanding } from '@weir/protocol';
import type { LiveHealth, LiveServiceHealth } from '../../../live/topic.ts';
import type { Holder } from '../holders.ts';

/** What one director said of health. */
export interface HealthNow {
  readonly checker: CheckerState | null;
  of(service: { readonly clusterId: string; readonly serviceId: string }): ServiceStanding | null;
}

export interface Said {
  readonly directorId: string;
  readonly standing: ServiceStanding;
}

export function saidOf(clusterId: string, serviceId: string, holders: readonly Holder[]): Said[] {
  return holders.flatMap(({ director: { directorId, health } }) => {
    const standing = health?.of({ clusterId, serviceId }) ?? null;
    return standing === null ? [] : [{ directorId, standing }];
  });
}

export function serviceHealth(said: readonly Said[]): LiveServiceHealth[] {
  return said.map(({ directorId, standing: { state, sorry } }) => ({ directorId, state, sorry }));
}

/** By real server: each is looked for once. */
export function healthByRealServer(said: readonly Said[]): ReadonlyMap<string, LiveHealth[]> {
  const byId = new Map<string, LiveHealth[]>();
  for (const { directorId, standing: { realServers } } of said) {
    for (const { realServerId, ...health } of realServers) byId.set(realServerId, [...byId.get(realServerId) ?? [], { directorId, ...health }]);
  }
  return byId;
}

export function isBelowQuorum({ standing: { state } }: Said): boolean {
  return state.code === 'belowGoOn' || state.code === 'belowSorry' || state.code === 'belowFailOpen';
}

export function hasDown({ standing: { realServers } }: Said): boolean {
  return realServers.some(({ isUp }) => !isUp);
}
