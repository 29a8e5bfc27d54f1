'use client';
// One service: its charts, its real servers, and what each of them carries and should carry.
import type { Scheduler } from '@weir/model';
import { Panel, Skeleton, Stale } from '@weir/ui';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { LiveService } from '../../../live/topic.ts';
import { Charts } from '../../charts/draw/charts.tsx';
import { remembered, wholeService } from '../../charts/flow/live-flow.ts';
import { useFlow } from '../../charts/flow/use-flow.ts';
import type { HistoryAsk } from '../../charts/flow/use-history-flow.ts';
import { useLiveWindow } from '../../charts/flow/use-live-flow.ts';
import { useMarks } from '../../charts/marks/use-marks.ts';
import { ShownRange } from '../../charts/range/shown-range.tsx';
import type { RangeChoice } from '../../charts/range/use-range.ts';
import { CheckerNotice } from '../../health/state/checker-notice.tsx';
import type { FollowedTopic } from '../../live/live-provider.tsx';
import { ByRealServer } from './by-real-server.tsx';
import { GoneRealServer } from './gone-real-server.tsx';
import { RealServerTraffic } from './real-server-traffic.tsx';
import { useLastCounted } from '../table/last-totals.ts';
import { RealServerTable } from '../table/real-server-table.tsx';
import { ServiceHead } from './service-head.tsx';
import { useSilence } from '../silent.tsx';

export interface ServiceTrafficProps {
  clusterId: string;
  serviceId: string;
  topic: FollowedTopic;
  choice: RangeChoice;
  /** Of the cluster: that should be in it. */
  directors: number;
  /** Null: the wanted revision has no such service. */
  scheduler: Scheduler | null;
}

export function ServiceTraffic(props: ServiceTrafficProps) {
  const t = useTranslations('traffic');
  const service = props.topic.shown.latest?.services.find((each) => each.serviceId === props.serviceId);
  return service === undefined ? <Skeleton label={t('loading')} rows={10} /> : <Shown {...props} service={service} />;
}

function Shown({ service, ...props }: ServiceTrafficProps & { service: LiveService }) {
  const { topic: { now, shown } } = props;
  const silence = useSilence();
  const asked = useSearchParams().get('rs');
  const since = silence(now.latest, service.directors);
  const directorName = (id: string) => shown.latest?.directors.find(({ directorId }) => directorId === id)?.name ?? id;
  const realServer = service.realServers.find(({ realServerId }) => realServerId === asked);
  return (
    <section aria-label={service.name} className="flex flex-col gap-3">
      <ServiceHead service={service} silent={since !== null} directorName={directorName} />
      {(now.latest?.directors ?? []).filter(({ directorId }) => service.health.some((each) => each.directorId === directorId))
        .map(({ directorId, name, checker }) => checker !== null && <CheckerNotice key={directorId} director={name} checker={checker} />)}
      <Stale since={since}>
        <div className={`flex flex-col gap-3 ${since === null ? '' : 'pt-3'}`}>
          {asked === null && <Whole {...props} service={service} stale={since !== null} directorName={directorName} />}
          {asked !== null && realServer === undefined && <GoneRealServer service={service} />}
          {asked !== null && realServer !== undefined && <RealServerTraffic key={asked} {...props} service={service} realServer={{ id: asked, name: realServer.name }} />}
        </div>
      </Stale>
    </section>
  );
}

interface WholeProps extends ServiceTrafficProps {
  service: LiveService;
  stale: boolean;
  directorName: (id: string) => string;
}

function Whole({ clusterId, serviceId, topic: { now }, choice, directors, scheduler, service, stale, directorName }: WholeProps) {
  const t = useTranslations('traffic');
  const name = t('whole');
  const lines = useMemo(() => [remembered(wholeService(serviceId, name))], [serviceId, name]);
  const ask = useMemo((): HistoryAsk => ({ subject: { kind: 'service', clusterId, serviceId }, by: 'whole', name }), [clusterId, serviceId, name]);
  const window = useLiveWindow(now, choice.range);
  const charts = useFlow(window, choice.range, lines, ask);
  const marks = useMarks(ask.subject, choice.range);
  const last = useLastCounted(now, service);
  return (
    <>
      <ShownRange choice={choice} shown={charts} directors={directors} />
      <Charts shown={charts} marks={marks} choice={choice} />
      <Panel title={t('realServers')} sub={t('counted', { count: service.directors.length })} padded={false}>
        <RealServerTable service={service} stale={stale} last={last} directorName={directorName} />
      </Panel>
      {service.realServers.length > 0 && <ByRealServer service={service} scheduler={scheduler} window={window} choice={choice} moments={marks.moments} />}
    </>
  );
}
