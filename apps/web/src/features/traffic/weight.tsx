'use client';
// The weight by which a real server is forwarded, with the wanted one beside it where that is another.
import { useTranslations } from 'use-intl';
import { clusterTopic, type LiveRealServer } from '../../live/topic.ts';
import { useTopic } from '../live/live-provider.tsx';

type Weighed = Pick<LiveRealServer, 'weight' | 'weights' | 'wantedWeight'>;

export function Weight({ row: { weight, weights, wantedWeight }, directorName }: { row: Weighed; directorName: (id: string) => string }) {
  const t = useTranslations('traffic');
  const same = weight === null ? weights.length === 0 : weight === wantedWeight;
  const text = weight === null
    ? weights.map((each) => t('weightOn', { weight: each.weight, director: directorName(each.directorId) })).join(', ')
    : String(weight);
  if (same) return weight === null ? '—' : text;
  return (
    <span>
      {text}
      {wantedWeight !== null && <span className="ml-1.5 font-sans text-sm text-muted">{t('wantedWeight', { weight: wantedWeight })}</span>}
    </span>
  );
}

/** Beside the wanted weight of the cluster's page; while nobody reports one, the wanted one alone. */
export function ForwardedWeight({ clusterId, serviceId, realServerId, wanted }: { clusterId: string; serviceId: string; realServerId: string; wanted: number }) {
  const t = useTranslations('traffic');
  const { latest } = useTopic(clusterTopic(clusterId)).shown;
  const service = latest?.services.find((each) => each.serviceId === serviceId);
  const row = service?.realServers.find((each) => each.realServerId === realServerId);
  if (latest === null || row === undefined) return wanted;
  const directorName = (id: string) => latest.directors.find((each) => each.directorId === id)?.name ?? id;
  if (row.weight !== null || row.weights.length > 0) return <Weight row={{ ...row, wantedWeight: wanted }} directorName={directorName} />;
  if (row.notAppliedOn.length === 0) return wanted;
  return (
    <span>
      {wanted}
      <span className="ml-1.5 font-sans text-sm text-draft">◇ {t('notAppliedOn', { directors: row.notAppliedOn.map(directorName).join(', ') })}</span>
    </span>
  );
}
