'use client';
// Events one below the other: when, how it is, whom it is about, what happened and why, who did it.
import { DataTable, type Column } from '@weir/ui';
import Link from 'next/link';
import { useMemo, type ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { PanelEvent } from '../../events/event.ts';
import { EventNames } from './event-names.tsx';
import { EventTime } from './event-time.tsx';
import { Evidence } from './evidence.tsx';
import { ToneMark } from './tone-mark.tsx';
import { useEventCause } from './use-event-cause.ts';
import { useEventText } from './use-event-text.ts';

export function EventTable({ events, empty }: { events: readonly PanelEvent[]; empty: ReactNode }) {
  const t = useTranslations('eventList');
  const locale = useLocale();
  const columns = useMemo((): Column<PanelEvent>[] => [
    { id: 'at', header: t('at'), wideOnly: true, cell: (event) => <span className="block min-w-36 whitespace-normal"><EventTime {...event} /></span> },
    { id: 'tone', header: t('tone'), wideOnly: true, cell: ({ tone }) => <ToneMark tone={tone} /> },
    { id: 'kind', header: t('kind'), wideOnly: true, cell: ({ kind }) => t(`kinds.${kind}`) },
    { id: 'object', header: t('object'), wideOnly: true, cell: ({ object }) => <EventNames object={object} className="block min-w-28 max-w-72" /> },
    { id: 'what', header: t('what'), cell: (event) => <What event={event} /> },
    { id: 'person', header: t('person'), wideOnly: true, cell: ({ person }) => <span className="block min-w-16 whitespace-normal wrap-anywhere">{person ?? '—'}</span> },
  ], [t]);
  return <DataTable caption={t('title')} columns={columns} rows={events} rowId={({ id }) => id} locale={locale} empty={empty} />;
}

/** On a narrow screen all of an event stands here. */
function What({ event }: { event: PanelEvent }) {
  const t = useTranslations('eventList');
  const text = useEventText();
  const cause = useEventCause()(event);
  return (
    <div className="min-w-48 py-0.5 whitespace-normal max-md:py-1 wrap-anywhere">
      <div className="flex flex-wrap gap-x-3 text-sm md:hidden">
        <ToneMark tone={event.tone} />
        <EventTime {...event} />
        {event.person !== null && <span>{event.person}</span>}
      </div>
      <EventNames object={event.object} className="block md:hidden" />
      <div className="flex flex-wrap items-baseline gap-x-3">
        <p>{text(event)}{cause !== null && <span className="text-muted"> {cause}</span>}</p>
        <Evidence evidence={event.evidence} />
        {event.link !== null && <Link href={event.link} className="inline-flex min-h-6 items-center text-sm underline max-md:min-h-10">{t('more')}</Link>}
      </div>
    </div>
  );
}
