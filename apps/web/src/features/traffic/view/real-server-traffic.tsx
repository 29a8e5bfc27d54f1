'use client';
// One real server in its service.
import { Button } from '@weir/ui';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { LiveService } from '../../../live/topic.ts';
import { Charts } from '../../charts/draw/charts.tsx';
import { realServerIn, remembered } from '../../charts/flow/live-flow.ts';
import { useFlow } from '../../charts/flow/use-flow.ts';
import type { HistoryAsk } from '../../charts/flow/use-history-flow.ts';
import { useLiveWindow } from '../../charts/flow/use-live-flow.ts';
import { useMarks } from '../../charts/marks/use-marks.ts';
import { changeAddress } from '../../charts/range/address.ts';
import { ShownRange } from '../../charts/range/shown-range.tsx';
import type { ServiceTrafficProps } from './service-traffic.tsx';

export interface RealServerTrafficProps extends Omit<ServiceTrafficProps, 'scheduler'> {
  service: LiveService;
  realServer: { readonly id: string; readonly name: string };
}

export function RealServerTraffic({ clusterId, serviceId, topic: { now }, choice, directors, service, realServer: { id, name } }: RealServerTrafficProps) {
  const t = useTranslations('charts');
  const lines = useMemo(() => [remembered(realServerIn(serviceId, { id, name }))], [serviceId, id, name]);
  const ask = useMemo((): HistoryAsk => ({ subject: { kind: 'realServer', clusterId, serviceId, realServerId: id }, by: 'whole', name }), [clusterId, serviceId, id, name]);
  const shown = useFlow(useLiveWindow(now, choice.range), choice.range, lines, ask);
  const marks = useMarks(ask.subject, choice.range);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-base font-semibold wrap-anywhere">{t('ofRealServer', { name, service: service.name })}</h2>
        <Button onClick={() => changeAddress({ rs: null }, 'push')}>{t('wholeService', { service: service.name })}</Button>
      </div>
      <ShownRange choice={choice} shown={shown} directors={directors} />
      <Charts shown={shown} marks={marks} choice={choice} />
    </>
  );
}
