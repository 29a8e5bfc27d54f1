'use client';
// The drains of a cluster as they count down: on each director and in each service. Nothing where there are none.
import { Button, DataTable, Panel, StatusGlyph, type Column, type Status } from '@weir/ui';
import { useMemo } from 'react';
import { useFormatter, useLocale, useTranslations } from 'use-intl';
import type { DirectorDrain, DrainCounted, DrainTargetView, DrainView } from '../../server/drains/drain-view.ts';
import { NeedsRole } from '../session/person.tsx';
import { momentText } from '../time/moment-text.ts';
import { useNow } from '../time/now.ts';
import { Since, When } from '../time/when.tsx';
import { DrainVerdict } from './drain-verdict.tsx';
import { leftIn, wordOf, type DrainWord } from './standing.ts';
import { useDrainOrders, useDrains, type DrainOrders } from './use-drains.ts';

export interface ClusterDrainsProps {
  clusterId: string;
  /** Only those of one service; left out, all of the cluster. */
  serviceId?: string;
}

export function ClusterDrains({ clusterId, serviceId }: ClusterDrainsProps) {
  const orders = useDrainOrders(clusterId);
  const drains = useDrains(clusterId).filter(({ targets }) => serviceId === undefined || targets.some((target) => target.serviceId === serviceId));
  return drains.map((drain) => <OneDrain key={drain.id} drain={drain} orders={orders} />);
}

interface Row {
  readonly director: DirectorDrain;
  readonly target: DrainTargetView;
  readonly counted: DrainCounted;
  /** The director is named once. */
  readonly first: boolean;
}

function rowsOf({ directors, targets }: DrainView): Row[] {
  return directors.flatMap((director) => targets.map((target, index) => ({ director, target, counted: director.counts[index] ?? null, first: index === 0 })));
}

function OneDrain({ drain, orders }: { drain: DrainView; orders: DrainOrders }) {
  const t = useTranslations('drain');
  const locale = useLocale();
  const columns = useColumns();
  const [first] = drain.targets;
  const title = drain.host === null ? t('ofRealServer', { realServer: first?.realServer ?? '', service: first?.service ?? '' }) : t('ofHost', { rip: drain.host, count: drain.targets.length });
  const lacking = drain.directors.filter(({ state, link }) => state === 'lacks' && link === 'connected');
  return (
    <Panel
      title={title} sub={<Ordered drain={drain} />} padded={false}
      actions={(
        <NeedsRole needs="operator" clusterId={drain.clusterId} silent>
          {lacking.length > 0 && <Button className="h-7" busy={orders.busy} onClick={() => orders.again(drain.id)}>{t('orderThere', { directors: lacking.map(({ name }) => name).join(', ') })}</Button>}
          <Button className="h-7" busy={orders.busy} onClick={() => orders.end(drain.id)} aria-label={t('endOf', { what: title })}>{t('end')}</Button>
        </NeedsRole>
      )}
    >
      <DrainVerdict drain={drain} />
      <DataTable caption={title} columns={columns} rows={rowsOf(drain)} rowId={({ director, target }) => `${director.directorId}/${target.serviceId}/${target.realServerId}`} locale={locale} isStale={({ director }) => director.link !== 'connected'} />
    </Panel>
  );
}

function Ordered({ drain: { author, startedAtMs, reason } }: { drain: DrainView }) {
  const t = useTranslations('drain');
  return <>{t('by', { author })} · <When at={startedAtMs} />{reason !== '' && ` · ${reason}`}</>;
}

function useColumns(): Column<Row>[] {
  const t = useTranslations('drain');
  return useMemo(() => [
    { id: 'director', header: t('director'), wideOnly: true, cell: ({ director, first }) => (first ? director.name : <span className="sr-only">{director.name}</span>) },
    { id: 'service', header: t('service'), wideOnly: true, cell: ({ target }) => `${target.realServer} · ${target.service}` },
    { id: 'state', header: t('state'), cell: (row) => <Whole row={row} /> },
    ...counted.map((name): Column<Row> => ({ id: name, header: t(name), numeric: true, wideOnly: true, cell: (row) => <Count of={row.counted} name={name} /> })),
    { id: 'estimate', header: t('ifSilent'), wideOnly: true, cell: ({ director, first }) => (first ? <Estimate director={director} /> : null) },
  ], [t]);
}

const counted = ['weight', 'active', 'inactive', 'persistent'] as const;

/** On a narrow screen all of a row stands here. */
function Whole({ row: { director, target, counted: of } }: { row: Row }) {
  const t = useTranslations('drain');
  return (
    <div className="max-md:py-1.5 max-md:whitespace-normal max-md:wrap-anywhere">
      <div className="md:hidden">{director.name} · {target.realServer} · {target.service}</div>
      <State director={director} />
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 pt-1 text-sm md:hidden">
        {counted.map((name) => <div key={name} className="contents"><dt className="text-muted">{t(name)}</dt><dd className="font-mono"><Count of={of} name={name} /></dd></div>)}
        <dt className="text-muted">{t('ifSilent')}</dt><dd><Estimate director={director} /></dd>
      </dl>
    </div>
  );
}

function Count({ of, name }: { of: DrainCounted; name: (typeof counted)[number] }) {
  const format = useFormatter();
  const value = of === null || of === 'gone' ? null : of[name];
  return value === null ? '—' : format.number(value);
}

const glyphs: Readonly<Record<DrainWord, Status>> = { draining: 'draining', late: 'degraded', removing: 'draining', done: 'up', undone: 'unknown', lacks: 'down', unheard: 'unknown' };

function State({ director }: { director: DirectorDrain }) {
  const t = useTranslations('drain');
  const format = useFormatter();
  const word = wordOf(director);
  const left = leftIn(director.counts);
  const label = word === 'draining' && left !== null ? t('drainingCount', { count: format.number(left) }) : t(`states.${word}`);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <StatusGlyph status={director.link === 'connected' ? glyphs[word] : 'stale'} label={label} showLabel />
      {director.link !== 'connected' && director.heardAtMs !== null && <span className="text-muted"><Since atMs={director.heardAtMs} /></span>}
    </span>
  );
}

/** By the timers of what is there; a connection that speaks again has its whole time again. */
function Estimate({ director: { state } }: { director: DirectorDrain }) {
  const t = useTranslations('drain');
  const locale = useLocale();
  const now = useNow();
  if (state === null || state === 'lacks') return '—';
  if (state.evidence !== null) return t('evidence', { since: momentText(state.evidence.zeroSinceMs, now ?? state.evidence.zeroSinceMs, locale), readings: state.evidence.readings });
  return state.estimate === null ? '—' : t('doneAt', { time: momentText(state.estimate.doneAtMs, now ?? state.estimate.measuredAtMs, locale) });
}
