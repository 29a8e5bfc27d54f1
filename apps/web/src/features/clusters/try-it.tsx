'use client';
// A cluster on loopback can be tried at once, on the director's own host.
import { useQuery } from '@tanstack/react-query';
import { formatEndpoint, type ClusterDefinition } from '@weir/model';
import { Copy, Panel } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { wantedOf } from './wanted.ts';

function loopbackEndpoints({ services }: ClusterDefinition): string[] {
  return services.flatMap(({ match }) => (
    match.kind === 'address' && match.protocol === 'tcp' && match.vip.startsWith('127.') ? [formatEndpoint(match.vip, match.port)] : []));
}

export function TryIt({ clusterId }: { clusterId: string }) {
  const t = useTranslations('tryIt');
  const cluster = useQuery(useTRPC().clusters.get.queryOptions({ clusterId }));
  const endpoints = cluster.data === undefined ? [] : loopbackEndpoints(wantedOf(cluster.data).definition);
  if (endpoints.length === 0) return null;
  return (
    <Panel title={t('title')} sub={t('where')}>
      <ul className="flex flex-col gap-1">
        {endpoints.map((endpoint) => {
          const command = `curl ${endpoint}`;
          return (
            <li key={endpoint} className="flex items-center gap-2">
              <code>{command}</code>
              <Copy value={command} label={t('copy', { command })} copiedLabel={t('copied')} failedLabel={t('copyFailed')} />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
