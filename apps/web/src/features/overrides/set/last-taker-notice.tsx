'use client';
// Said before it is done: taking out the last one stops the service for new clients.
import { Notice } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { clusterTopic, serviceTopic } from '../../../live/topic.ts';
import { useTopic } from '../../live/live-provider.tsx';
import { leftWithNone, type Target } from './last-taker.ts';

export function LastTakerNotice({ clusterId, serviceId, target }: { clusterId: string; serviceId: string; target: Target }) {
  const t = useTranslations('overrides');
  const ofCluster = useTopic(clusterTopic(clusterId)).now.latest?.services ?? [];
  const ofService = useTopic(serviceTopic(clusterId, serviceId)).now.latest?.services ?? [];
  // A large cluster's tick leaves its real servers to those of the services.
  const known = ofCluster.map((each) => (each.serviceId === serviceId ? ofService[0] ?? each : each));
  const left = leftWithNone(known, target);
  return left.length === 0 ? null : <Notice tone="warn" what={t('lastTaker', { services: left.join(', ') })} />;
}
