'use client';
// The health of a defined real server, as its directors say now.
import { unknownText } from '@weir/ui';
import { clusterTopic, serviceTopic, type LiveTick } from '../../../live/topic.ts';
import { useTopic } from '../../live/live-provider.tsx';
import { HealthMark } from './health-mark.tsx';
import { ServiceHealthMark } from './service-health.tsx';
import type { HealthPlace } from './why-path.ts';

export interface LiveHealthMarkProps {
  of: HealthPlace;
  realServer: string;
}

export function LiveHealthMark({ of, realServer }: LiveHealthMarkProps) {
  const { latest } = useTopic(clusterTopic(of.clusterId)).shown;
  const service = latest?.services.find(({ serviceId }) => serviceId === of.serviceId);
  if (service === undefined) return <span className="text-muted">{unknownText}</span>;
  // A cluster too large for one tick leaves its real servers out.
  return service.realServerCount > service.realServers.length ? <OfLarge of={of} realServer={realServer} /> : <Mark of={of} realServer={realServer} tick={latest} />;
}

function OfLarge(props: LiveHealthMarkProps) {
  return <Mark {...props} tick={useTopic(serviceTopic(props.of.clusterId, props.of.serviceId)).shown.latest} />;
}

function Mark({ of, realServer, tick }: LiveHealthMarkProps & { tick: LiveTick | null }) {
  const row = tick?.services.find(({ serviceId }) => serviceId === of.serviceId)?.realServers.find(({ realServerId }) => realServerId === of.realServerId);
  const health = row?.health ?? [];
  const saying = (tick?.directors ?? []).filter(({ directorId }) => health.some((each) => each.directorId === directorId));
  const silent = saying.length > 0 && saying.every(({ state }) => state === 'silent');
  const heardAtMs = saying.reduce<number | null>((latest, { lastSeenAtMs }) => (lastSeenAtMs === null ? latest : Math.max(latest ?? 0, lastSeenAtMs)), null);
  return <HealthMark of={of} realServer={realServer} health={health} {...(silent && { heardAtMs })} />;
}

/** How a defined service stands; nothing where nobody asks its real servers. */
export function LiveServiceHealthMark({ clusterId, serviceId }: Omit<HealthPlace, 'realServerId'>) {
  const { latest } = useTopic(clusterTopic(clusterId)).shown;
  return <ServiceHealthMark health={latest?.services.find((each) => each.serviceId === serviceId)?.health ?? []} />;
}
