'use client';
// Before an apply: the overrides that go on over it, so that a plan's weights are understood; or that end with the cluster, where it is taken off.
import { Notice } from '@weir/ui';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { useNow } from '../time/now.ts';
import { overrideRows } from './standing.ts';
import { useOverrides } from './use-overrides.ts';
import { useOverrideText } from './use-override-text.ts';

export function OverridesStay({ clusterId, leaves }: { clusterId: string; leaves: boolean }) {
  const t = useTranslations('overrides');
  const text = useOverrideText(clusterId);
  const services = useQuery(useTRPC().clusters.get.queryOptions({ clusterId })).data?.head.definition.services ?? [];
  const now = useNow();
  const rows = overrideRows(useOverrides(clusterId), now ?? 0);
  if (rows.length === 0) return null;
  const nameOf = (serviceId: string, realServerId: string): string => {
    const service = services.find(({ id }) => id === serviceId);
    return `${service?.realServers.find(({ id }) => id === realServerId)?.name ?? realServerId} · ${service?.name ?? serviceId}`;
  };
  return (
    <Notice
      tone="info" what={t(leaves ? 'leave' : 'stay')}
      why={(
        <ul>
          {rows.map(({ override, definedWeight, waits, holders }) => (
            <li key={override.id}>
              {nameOf(override.target.serviceId, override.target.realServerId)}: {waits ? text.short(override) : text.whole(override, definedWeight)} ({holders.map(({ name }) => name).join(', ')})
            </li>
          ))}
        </ul>
      )}
    />
  );
}
