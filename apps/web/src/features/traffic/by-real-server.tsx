'use client';
// A service by real server: side by side or on top of each other, and the share of each.
import type { Scheduler } from '@weir/model';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { LiveService } from '../../live/topic.ts';
import type { ChartsShared } from '../charts/draw/flow-chart.tsx';
import { RealServerCharts } from '../charts/draw/flow-charts.tsx';
import { useLiveFlow, type LiveWindow } from '../charts/flow/use-live-flow.ts';
import { useRealServerLines } from '../charts/flow/use-real-server-lines.ts';
import { Choice } from '../charts/range/choice.tsx';
import { useAddress } from '../charts/range/use-address.ts';
import { sharesOf } from '../charts/share/share.ts';
import { liveShareSteps } from '../charts/share/share-steps.ts';
import { Shares } from '../charts/share/shares.tsx';

export interface ByRealServerProps extends ChartsShared {
  service: LiveService;
  scheduler: Scheduler | null;
  window: LiveWindow | null;
}

export function ByRealServer({ service, scheduler, window, ...shared }: ByRealServerProps) {
  const t = useTranslations('traffic');
  const flow = useLiveFlow(window, shared.choice.range, useRealServerLines(service));
  const { serviceId } = service;
  const shares = useMemo(() => (window === null ? [] : sharesOf(liveShareSteps(window.ticks, window.time.window, serviceId))), [window, serviceId]);
  const stack = useStack();
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-base font-semibold">{t('perRealServer')}</h2>
        <StackChoice />
      </div>
      {flow !== null && <RealServerCharts flow={flow} stack={stack} {...shared} />}
      <Shares service={service.name} shares={shares} scheduler={scheduler} />
    </>
  );
}

function useStack(): boolean {
  return useAddress().params.get('lines') === 'stacked';
}

function StackChoice() {
  const t = useTranslations('charts');
  const { change } = useAddress();
  return (
    <Choice
      label={t('lines')} value={useStack() ? 'stacked' : 'apart'} onChoose={(value) => change({ lines: value === 'stacked' ? value : null })}
      options={[{ value: 'apart', label: t('apart') }, { value: 'stacked', label: t('stacked') }]}
    />
  );
}
