'use client';
// Follows one client: what it has on each director, and where a new connection of it would go and why.
import { useQuery } from '@tanstack/react-query';
import { IpAddress, type ClusterDefinition } from '@weir/model';
import { Button, Field, Panel, TextInput } from '@weir/ui';
import { useMemo } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import type { ClusterView } from '../../../server/clusters/cluster-view.ts';
import { ClientPort, type ConnectionsView } from '../../../server/connections/filter.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { wantedOf } from '../../clusters/wanted.ts';
import { useSchemaResolver } from '../../form/use-schema-resolver.ts';
import { Loaded } from '../../states/loaded.tsx';
import { againMs } from '../again.ts';
import { FollowedOn } from './followed-on.tsx';
import type { Holders } from './notes.ts';

export interface FollowProps {
  cluster: ClusterView;
  view: ConnectionsView;
  onView: (view: ConnectionsView) => void;
}

const FollowForm = z.object({
  follow: IpAddress,
  port: z.string().trim().transform((text) => (text === '' ? undefined : Number(text))).pipe(ClientPort.optional()),
});

/** Also among the connections below. */
function listing({ network: _network, groupBy: _groupBy, ...view }: ConnectionsView, client: string): ConnectionsView {
  return { ...view, client };
}

export function Follow({ cluster, view, onView }: FollowProps) {
  const t = useTranslations('connections');
  const { follow = '', port = '', ...others } = view;
  const { register, handleSubmit, formState: { errors } } = useForm({ resolver: useSchemaResolver(FollowForm), values: { follow, port } });
  const submit = handleSubmit((asked) => onView({ ...others, follow: asked.follow, ...(asked.port !== undefined && { port: String(asked.port) }) }));
  return (
    <Panel title={t('follow')} padded={false}>
      <form aria-label={t('follow')} onSubmit={(event) => void submit(event)} noValidate className="flex flex-wrap items-end gap-2 p-3">
        <Field label={t('client')} error={errors.follow?.message} className="w-44"><TextInput {...register('follow')} mono autoComplete="off" placeholder="192.168.8.100" /></Field>
        <Field label={t('clientPort')} error={errors.port?.message} className="w-28"><TextInput {...register('port')} mono autoComplete="off" inputMode="numeric" /></Field>
        <Button type="submit">{t('followSubmit')}</Button>
        {follow !== '' && <Button variant="quiet" onClick={() => onView(others)}>{t('followStop')}</Button>}
        {follow !== '' && view.client !== follow && <Button variant="quiet" onClick={() => onView(listing(view, follow))}>{t('followList')}</Button>}
      </form>
      {follow === '' ? <p className="px-3 pb-3 text-sm text-muted">{t('followWhy')} {t('clientPortHint')}</p> : <Followed cluster={cluster} view={{ ...view, follow }} />}
    </Panel>
  );
}

function holdersIn({ vips }: Pick<ClusterDefinition, 'vips'>, directors: ClusterView['directors']): Holders {
  const names = new Map(directors.map(({ directorId, name }) => [directorId, name]));
  return new Map(vips.flatMap(({ address, holder }) => (holder === null ? [] : [[address, { directorId: holder, name: names.get(holder) ?? holder }] as const])));
}

function Followed({ cluster, view }: { cluster: ClusterView; view: ConnectionsView & { follow: string } }) {
  const t = useTranslations('connections');
  const { connections } = useTRPC();
  const { follow, port, serviceId, directorId } = view;
  const asked = {
    clusterId: cluster.id, client: follow, clientPort: port === undefined ? null : Number(port),
    ...(serviceId !== undefined && { serviceId }), ...(directorId !== undefined && { directorId }),
  };
  // Reading takes a director's time: when a person asks.
  const followed = useQuery(connections.follow.queryOptions(asked, { staleTime: Infinity, gcTime: 0, refetchOnMount: false, refetchInterval: againMs(view) }));
  const { definition } = wantedOf(cluster);
  const holders = useMemo(() => holdersIn(definition, cluster.directors), [definition, cluster.directors]);
  const again = () => void followed.refetch();
  return (
    <Loaded query={followed} failed={t('followFailed')} rows={3}>
      {(directors) => directors.map((director) => (
        <FollowedOn key={director.directorId} client={follow} director={director} services={definition.services} holders={holders} onRetry={again} busy={followed.isFetching} />
      ))}
    </Loaded>
  );
}
