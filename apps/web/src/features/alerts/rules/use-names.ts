'use client';
// Names for the ids that rules hold. What channels are, administrators alone may see: their addresses may hold secrets.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../../trpc/client.ts';
import { useMay } from '../../session/person.tsx';

export interface Names {
  readonly cluster: (id: string) => string;
  readonly channels: (ids: readonly string[]) => string;
}

/** What is gone is called by its id. */
export function useNames(): Names {
  const t = useTranslations('alertRules');
  const trpc = useTRPC();
  const admin = useMay('admin');
  const clusters = useQuery(trpc.clusters.list.queryOptions()).data;
  const channels = useQuery(trpc.alerts.channels.queryOptions(undefined, { enabled: admin })).data;
  return useMemo(() => {
    const channel = nameIn(channels ?? []);
    return { cluster: nameIn(clusters ?? []), channels: (ids) => (admin ? ids.map(channel).join(', ') : t('channelCount', { count: ids.length })) };
  }, [clusters, channels, admin, t]);
}

function nameIn(named: readonly { readonly id: string; readonly name: string }[]): (id: string) => string {
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
