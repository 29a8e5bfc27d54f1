'use client';
// What is asked of whom; while directors read their tables, that they do. Its line stays when they have answered, so that nothing below moves.
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import type { ConnectionsView } from '../../server/connections/filter.ts';
import { wantedOf } from '../clusters/wanted.ts';

export interface AskingProps {
  cluster: ClusterView;
  view: ConnectionsView;
  busy: boolean;
}

export function Asking({ cluster, view, busy }: AskingProps) {
  const t = useTranslations('connections');
  const question = useQuestion(cluster, view);
  const asked = cluster.directors.filter(({ directorId, state }) => state !== 'none' && (view.directorId ?? directorId) === directorId);
  if (asked.length === 0) return null;
  return (
    <output className="block px-3 pb-3 text-sm wrap-anywhere text-muted">
      {t(busy ? 'asking' : 'asked', { directors: asked.map(({ name }) => name).join(', '), question })}
    </output>
  );
}

function useQuestion(cluster: ClusterView, { client, network, rip, state, protocol, serviceId, groupBy }: ConnectionsView): string {
  const t = useTranslations('connections');
  const service = wantedOf(cluster).definition.services.find(({ id }) => id === serviceId)?.name ?? serviceId;
  const parts: (readonly [string, string | undefined])[] = [
    [t('client'), client ?? network], [t('realServer'), rip], [t('state'), state], [t('protocol'), protocol?.toUpperCase()], [t('service'), service],
    [t('groupBy'), groupBy && t(`groupings.${groupBy}`)],
  ];
  const said = parts.flatMap(([word, value]) => (value === undefined ? [] : [`${word} ${value}`]));
  return said.length === 0 ? t('askingAll') : said.join(' · ');
}
