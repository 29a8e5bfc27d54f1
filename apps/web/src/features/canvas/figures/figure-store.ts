// What one drawn object carries now, beside the drawing: whoever shows a figure hears of that figure alone.
import { same } from '@weir/model';
import { clusterTopic, serviceTopic, type LiveHealth, type LiveRealServer, type LiveService, type LiveServiceHealth, type LiveTick, type Topic } from '../../../live/topic.ts';
import type { LiveStore } from '../../live/live-store.ts';
import { realServerState, serviceState, type RealServerState, type ServiceState } from '../../traffic/row-state.ts';

export interface Figures<State, Health = unknown> {
  readonly state: State;
  /** By each director that asks; none where nobody does. */
  readonly health: readonly Health[];
  readonly active: number | null;
  /** New connections; a word where nobody can see them. */
  readonly perSecond: number | string | null;
  /** All directors that would tell are silent: these are their last words. */
  readonly silent: boolean;
  readonly weight: number | null;
}

export type ServiceFigures = Figures<ServiceState, LiveServiceHealth>;
export type RealServerFigures = Figures<RealServerState, LiveHealth>;

export interface FigureStore {
  readonly subscribe: (listener: () => void) => () => void;
  /** The very same object as long as it says the same. Null: nobody reports it. */
  readonly service: (serviceId: string) => ServiceFigures | null;
  readonly realServer: (serviceId: string, realServerId: string) => RealServerFigures | null;
  /** Whether its real servers are left out of the cluster's ticks: then the service has to be followed. */
  readonly isPartial: (serviceId: string) => boolean;
  /** Gives how to stop. */
  readonly follow: (serviceId: string) => () => void;
}

interface Indexed {
  readonly services: ReadonlyMap<string, LiveService>;
  readonly live: ReadonlySet<string>;
}

const ticks = new WeakMap<LiveTick, Indexed>();
const rows = new WeakMap<LiveService, ReadonlyMap<string, LiveRealServer>>();

function indexed(tick: LiveTick): Indexed {
  const known = ticks.get(tick);
  if (known !== undefined) return known;
  const made = {
    services: new Map(tick.services.map((service) => [service.serviceId, service])),
    live: new Set(tick.directors.flatMap(({ directorId, state }) => (state === 'live' ? [directorId] : []))),
  };
  ticks.set(tick, made);
  return made;
}

function rowsOf(service: LiveService): ReadonlyMap<string, LiveRealServer> {
  const known = rows.get(service);
  if (known !== undefined) return known;
  const made = new Map(service.realServers.flatMap((row) => (row.realServerId === null ? [] : [[row.realServerId, row] as const])));
  rows.set(service, made);
  return made;
}

export function createFigureStore(live: Pick<LiveStore, 'subscribe' | 'shown' | 'follow'>, clusterId: string): FigureStore {
  const find = (topic: Topic, serviceId: string) => {
    const { latest } = live.shown(topic);
    const index = latest === null ? null : indexed(latest);
    const service = index?.services.get(serviceId);
    return index === null || service === undefined ? null : { service, silent: !service.directors.some((id) => index.live.has(id)) };
  };
  const services = new Map<string, ServiceFigures>();
  const realServers = new Map<string, RealServerFigures>();
  return {
    subscribe: live.subscribe,
    follow: (serviceId) => live.follow(serviceTopic(clusterId, serviceId)),
    service: (serviceId) => {
      const found = find(clusterTopic(clusterId), serviceId);
      if (found === null) return null;
      const { service: { figures, ...service }, silent } = found;
      return once(services, serviceId, { state: serviceState(service, silent), health: service.health, active: figures.active, perSecond: figures.perSecond.connections, silent, weight: null });
    },
    realServer: (serviceId, realServerId) => {
      const found = [clusterTopic(clusterId), serviceTopic(clusterId, serviceId)].map((topic) => find(topic, serviceId)).find((each) => each !== null && !partial(each.service));
      const row = found?.service === undefined ? undefined : rowsOf(found.service).get(realServerId);
      if (row === undefined) return null;
      const { active, perSecond } = row.figures;
      return once(realServers, `${serviceId}/${realServerId}`, {
        state: realServerState(row), health: row.health, active, perSecond: perSecond.connections, silent: found?.silent === true, weight: row.weight,
      });
    },
    isPartial: (serviceId) => {
      const service = find(clusterTopic(clusterId), serviceId)?.service;
      return service !== undefined && partial(service);
    },
  };
}

function partial({ realServerCount, realServers }: LiveService): boolean {
  return realServerCount > realServers.length;
}

function once<State, Health>(said: Map<string, Figures<State, Health>>, key: string, next: Figures<State, Health>): Figures<State, Health> {
  const before = said.get(key);
  const asBefore = before !== undefined && before.state === next.state && before.active === next.active && before.perSecond === next.perSecond
    && before.silent === next.silent && before.weight === next.weight && same(before.health, next.health);
  if (asBefore) return before;
  said.set(key, next);
  return next;
}
