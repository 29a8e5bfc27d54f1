'use client';
// All charts of one subject: connections, packets and bytes, in sum or by real server.
import type { ByteKind } from '@weir/model';
import { useTranslations } from 'use-intl';
import type { Flow } from '../flow/flow.ts';
import { FlowChart, type ChartsShared } from './flow-chart.tsx';

export function FlowCharts({ flow, ...shared }: ChartsShared & { flow: Flow }) {
  const t = useTranslations('charts');
  const words = useTranslations('traffic');
  const kind = useKind();
  return (
    <div className="grid gap-3 md:grid-cols-2 2xl:grid-cols-4">
      <FlowChart name={words('active')} flow={flow} metrics={flow.peaks ? ['active', 'activeMost'] : ['active']} {...shared} />
      <FlowChart name={words('newConnections')} flow={flow} metrics={['connections']} {...shared} />
      <FlowChart name={t('packets')} flow={flow} metrics={['packetsIn', 'packetsOut']} {...shared} />
      <FlowChart name={kind(words('bytes'), flow.byteKind)} flow={flow} metrics={['bytesIn', 'bytesOut']} {...shared} />
    </div>
  );
}

export function RealServerCharts({ flow, stack, ...shared }: ChartsShared & { flow: Flow; stack: boolean }) {
  const t = useTranslations('charts');
  const words = useTranslations('traffic');
  const kind = useKind();
  return (
    <div className="grid gap-3 md:grid-cols-2 2xl:grid-cols-3">
      <FlowChart name={words('active')} flow={flow} metrics={['active']} stack={stack} {...shared} />
      <FlowChart name={words('newConnections')} flow={flow} metrics={['connections']} stack={stack} {...shared} />
      <FlowChart name={t('packetsIn')} flow={flow} metrics={['packetsIn']} stack={stack} {...shared} />
      <FlowChart name={t('packetsOut')} flow={flow} metrics={['packetsOut']} stack={stack} {...shared} />
      <FlowChart name={kind(words('bytesIn'), flow.byteKind)} flow={flow} metrics={['bytesIn']} stack={stack} {...shared} />
      <FlowChart name={kind(words('bytesOut'), flow.byteKind)} flow={flow} metrics={['bytesOut']} stack={stack} {...shared} />
    </div>
  );
}

/** Which bytes they are stands beside the name. */
function useKind(): (name: string, kind: ByteKind | null) => string {
  const t = useTranslations('traffic');
  return (name, kind) => (kind === null ? name : `${name} · ${t(`byteKinds.${kind}`)}`);
}
