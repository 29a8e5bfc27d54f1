'use client';
// What was chosen with a verb: the usual dialog, which says what will happen and asks.
import { useQuery } from '@tanstack/react-query';
import { Dialog } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { Found } from '../../search/found.ts';
import { useTRPC } from '../../trpc/client.ts';
import { wantedOf } from '../clusters/wanted.ts';
import { StartDrain } from '../drain/start-drain.tsx';
import { ripOf } from '../overrides/set/last-taker.ts';
import { SetOverride } from '../overrides/set/set-override.tsx';
import { Loaded } from '../states/loaded.tsx';

export interface Task {
  readonly verb: 'drain' | 'weight';
  readonly found: Found;
}

export function PaletteTask({ task: { verb, found }, onClose }: { task: Task; onClose: () => void }) {
  const { clusterId, serviceId, realServerId, serviceName, name, address } = found;
  if (clusterId === null || serviceId === null || realServerId === null) return null;
  const of = { clusterId, serviceId, realServerId, service: serviceName ?? '', realServer: name, rip: ripOf(address ?? '') };
  return verb === 'drain' ? <StartDrain of={of} onClose={onClose} /> : <WeightOf of={of} onClose={onClose} />;
}

interface WeightOfProps {
  of: { readonly clusterId: string; readonly serviceId: string; readonly realServerId: string; readonly realServer: string };
  onClose: () => void;
}

/** The order is about the definition as it is now. */
function WeightOf({ of: { clusterId, serviceId, realServerId, realServer: name }, onClose }: WeightOfProps) {
  const t = useTranslations('overrides');
  const palette = useTranslations('palette');
  const cluster = useQuery(useTRPC().clusters.get.queryOptions({ clusterId }));
  const service = cluster.data === undefined ? undefined : wantedOf(cluster.data).definition.services.find(({ id }) => id === serviceId);
  const realServer = service?.realServers.find(({ id }) => id === realServerId);
  if (service !== undefined && realServer !== undefined) return <SetOverride of={{ clusterId, service, realServer }} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={onClose} closeLabel={t('close')} title={t('title', { realServer: name })}>
      <Loaded query={cluster} failed={palette('loadFailed')}>{() => <p>{palette('gone')}</p>}</Loaded>
    </Dialog>
  );
}
