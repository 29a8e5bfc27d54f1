'use client';
// Alerts one below the other: how each stands, since when, whom it is about, why, who took it on, and which messages went out.
import { Button, DataTable, type Column } from '@weir/ui';
import Link from 'next/link';
import { useMemo, type ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Alert } from '../../../alerts/alert.ts';
import { EventNames } from '../../events/event-names.tsx';
import { eventsPlace } from '../../events/filter/filter-address.ts';
import { When } from '../../time/when.tsx';
import { useMayAcknowledge } from '../acknowledge.tsx';
import { AlertMark } from './alert-mark.tsx';
import { AlertTimes } from './alert-times.tsx';
import { Deliveries } from './deliveries.tsx';
import { useAlertText } from '../use-alert-text.ts';

export interface AlertTableProps {
  caption: string;
  alerts: readonly Alert[];
  empty: ReactNode;
  /** Null: what is over is not taken on any more. */
  onAcknowledge: ((alert: Alert) => void) | null;
}

export function AlertTable({ caption, alerts, empty, onAcknowledge }: AlertTableProps) {
  const t = useTranslations('alertPage');
  const locale = useLocale();
  const columns = useMemo((): Column<Alert>[] => [
    { id: 'state', header: t('state'), wideOnly: true, cell: (alert) => <AlertMark alert={alert} /> },
    { id: 'since', header: t('since'), wideOnly: true, cell: (alert) => <span className="block min-w-32 whitespace-normal"><AlertTimes alert={alert} /></span> },
    { id: 'object', header: t('object'), wideOnly: true, cell: ({ object }) => <EventNames object={object} className="block min-w-28 max-w-72" /> },
    { id: 'what', header: t('what'), cell: (alert) => <What alert={alert} onAcknowledge={onAcknowledge} /> },
    { id: 'taken', header: t('taken'), wideOnly: true, cell: (alert) => <Taken alert={alert} onAcknowledge={onAcknowledge} /> },
    { id: 'messages', header: t('messages'), wideOnly: true, cell: (alert) => <Deliveries alert={alert} /> },
  ], [t, onAcknowledge]);
  return <DataTable caption={caption} columns={columns} rows={alerts} rowId={({ id }) => id} locale={locale} empty={empty} />;
}

type RowProps = Pick<AlertTableProps, 'onAcknowledge'> & { alert: Alert };

/** On a narrow screen all of an alert stands here. */
function What({ alert, onAcknowledge }: RowProps) {
  const t = useTranslations('alertPage');
  const text = useAlertText();
  return (
    <div className="min-w-48 py-1 whitespace-normal wrap-anywhere">
      <div className="flex flex-wrap gap-x-3 text-sm md:hidden"><AlertMark alert={alert} /><AlertTimes alert={alert} /></div>
      <EventNames object={alert.object} className="block md:hidden" />
      <p>{text(alert)}</p>
      <p className="flex flex-wrap gap-x-3 text-sm">
        {alert.link !== null && <Link href={alert.link} className="inline-flex min-h-6 items-center underline max-md:min-h-10">{t('evidence')}</Link>}
        <Link href={eventsPlace(eventsOf(alert))} className="inline-flex min-h-6 items-center underline max-md:min-h-10">{t('events')}</Link>
      </p>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1 pt-1 text-sm md:hidden">
        <dt className="text-muted">{t('taken')}</dt><dd className="min-w-0"><Taken alert={alert} onAcknowledge={onAcknowledge} /></dd>
        <dt className="text-muted">{t('messages')}</dt><dd className="min-w-0"><Deliveries alert={alert} /></dd>
      </dl>
    </div>
  );
}

/** Of what it is about, as near as it is known. */
function eventsOf({ object: { clusterId, serviceId, realServerId, directorId } }: Alert) {
  const near = { clusterId, serviceId, realServerId, ...(serviceId === null && { directorId }) };
  return Object.fromEntries(Object.entries(near).filter(([, id]) => id !== null));
}

function Taken({ alert, onAcknowledge }: RowProps) {
  const t = useTranslations('alertPage');
  const may = useMayAcknowledge();
  if (alert.acknowledged !== null) {
    const { person, note, atMs } = alert.acknowledged;
    return (
      <span className="block min-w-32 py-1 text-sm whitespace-normal wrap-anywhere">
        {person} · <When at={atMs} />
        {note !== '' && <span className="block text-muted">{note}</span>}
      </span>
    );
  }
  if (onAcknowledge === null || !may(alert)) return <span className="text-muted">{t('nobody')}</span>;
  return <Button className="md:h-7 max-md:h-10 max-md:w-full" onClick={() => onAcknowledge(alert)}>{t('acknowledge')}</Button>;
}
