'use client';
// Gives each drawn object its own figures, and follows what the cluster's ticks leave out.
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { clusterTopic } from '../../../live/topic.ts';
import { useLiveStore } from '../../live/live-provider.tsx';
import { createFigureStore, type FigureStore, type RealServerFigures, type ServiceFigures } from './figure-store.ts';

export const FigureContext = createContext<FigureStore | null>(null);

export function LiveFigures({ clusterId, children }: { clusterId: string; children: ReactNode }) {
  const live = useLiveStore();
  const store = useMemo(() => createFigureStore(live, clusterId), [live, clusterId]);
  useEffect(() => live.follow(clusterTopic(clusterId)), [live, clusterId]);
  return <FigureContext value={store}>{children}</FigureContext>;
}

const never = () => () => undefined;
const none = () => null;

/** Null for what nobody forwards yet, and in a cluster that is not there yet. */
export function useServiceFigures(serviceId: string): ServiceFigures | null {
  const store = useContext(FigureContext);
  return useSyncExternalStore(store?.subscribe ?? never, store === null ? none : () => store.service(serviceId), none);
}

export function useRealServerFigures(serviceId: string, realServerId: string): RealServerFigures | null {
  const store = useContext(FigureContext);
  return useSyncExternalStore(store?.subscribe ?? never, store === null ? none : () => store.realServer(serviceId, realServerId), none);
}

/** The tabs of a browser share one stream, and it has room for so many topics of one page. */
const followedMax = 40;

/** Follows the services in sight whose real servers are not in the cluster's ticks. */
export function useFollowed(serviceIds: readonly string[]): void {
  const store = useContext(FigureContext);
  const partial = useSyncExternalStore(
    store?.subscribe ?? never,
    () => (store === null ? '' : serviceIds.filter((id) => store.isPartial(id)).slice(0, followedMax).join(' ')),
    () => '',
  );
  useEffect(() => {
    if (store === null || partial === '') return undefined;
    const stops = partial.split(' ').map(store.follow);
    return () => stops.forEach((stop) => stop());
  }, [store, partial]);
}
