'use client';
// A service by real server: side by side or on top of each other, and the share of each.
import type { Scheduler } from '@weir/model';
import { useSearchParams } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { LiveService } from '../../../live/topic.ts';
import type { ChartsShared } from '../../charts/draw/flow-chart.tsx';
import { RealServerCharts } from '../../charts/draw/flow-charts.tsx';
import { withRest, type RestLine } from '../../charts/flow/top-lines.ts';
import { useFlow } from '../../charts/flow/use-flow.ts';
import type { HistoryAsk } from '../../charts/flow/use-history-flow.ts';
import type { LiveWindow } from '../../charts/flow/use-live-flow.ts';
import { useRealServerLines } from '../../charts/flow/use-real-server-lines.ts';
import { changeAddress } from '../../charts/range/address.ts';
import { Choice } from '../../charts/range/choice.tsx';
import { FlowFailure } from '../../charts/range/shown-range.tsx';
import { sharesOf } from '../../charts/share/share.ts';
import { lineShareSteps, liveShareSteps, takenIn } from '../../charts/share/share-steps.ts';
import { Shares } from '../../charts/share/shares.tsx';
import { useLiveState } from '../../live/live-provider.tsx';

export interface ByRealServerProps extends ChartsShared {
  service: LiveService;
  scheduler: Scheduler | null;
  window: LiveWindow | null;
}

export function ByRealServer({ service, scheduler, window, ...shared }: ByRealServerProps) {
  const t = useTranslations('traffic');
  const stack = useStack();
  const rest = useRest(stack);
  const { clusterId, serviceId } = service;
  const ask = useMemo((): HistoryAsk => ({ subject: { kind: 'service', clusterId, serviceId }, by: 'realServer', name: '' }), [clusterId, serviceId]);
  const { flow, history } = useFlow(window, shared.choice.range, useRealServerLines(service, rest), ask);
  const lines = window === null ? flow?.lines : undefined;
  const drawn = useMemo(() => flow && { ...flow, lines: withRest(flow.lines, rest) }, [flow, rest]);
  const counted = useSeldom(window);
  const shares = useMemo(() => (lines ? sharesOf(lineShareSteps(lines), history.answer && takenIn(history.answer.lines)) : sharesOf(liveShareSteps(counted?.ticks ?? [], serviceId))), [lines, history.answer, counted, serviceId]);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-base font-semibold">{t('perRealServer')}</h2>
        <StackChoice />
      </div>
      {history.error !== null && <FlowFailure history={history} />}
      {drawn && <RealServerCharts flow={drawn} stack={stack} {...shared} />}
      <Shares service={service.name} shares={shares} scheduler={scheduler} />
    </>
  );
}

/** A table that changes each second cannot be read. */
const seldomMs = 5_000;

function useSeldom(window: LiveWindow | null): LiveWindow | null {
  const { pausedSinceMs } = useLiveState();
  const [kept, setKept] = useState(window);
  const isEmpty = kept === null || kept.ticks.length === 0;
  const moved = isEmpty || window === null ? kept !== window : movedBy(kept, window) >= seldomMs && pausedSinceMs === null;
  if (moved) setKept(window);
  return moved ? window : kept;
}

/** Another length is another piece. */
function movedBy({ time: { window: a } }: LiveWindow, { time: { window: b } }: LiveWindow): number {
  return b.toMs - b.fromMs === a.toMs - a.fromMs ? Math.abs(b.toMs - a.toMs) : Infinity;
}

function useRest(stack: boolean): RestLine {
  const t = useTranslations('charts');
  return useMemo(() => (stack ? { as: 'sum', name: (count) => t('others', { count }) } : { as: 'mean', name: (count) => t('othersMean', { count }) }), [stack, t]);
}

function useStack(): boolean {
  return useSearchParams().get('lines') === 'stacked';
}

function StackChoice() {
  const t = useTranslations('charts');
  return (
    <Choice
      label={t('lines')} value={useStack() ? 'stacked' : 'apart'} onChoose={(value) => changeAddress({ lines: value === 'stacked' ? value : null })}
      options={[{ value: 'apart', label: t('apart') }, { value: 'stacked', label: t('stacked') }]}
    />
  );
}
