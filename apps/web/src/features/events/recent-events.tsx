'use client';
// What changed lately, in small: on the overview, and on the pages of a cluster, a service or a director.
import { useQuery } from '@tanstack/react-query';
import { Panel } from '@weir/ui';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { EventFilter, PanelEvent } from '../../events/event.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Loaded } from '../states/loaded.tsx';
import { EventNames } from './event-names.tsx';
import { EventTime } from './event-time.tsx';
import { eventsPlace } from './filter/filter-address.ts';
import { ToneMark } from './tone-mark.tsx';
import { useEventCause } from './use-event-cause.ts';
import { useEventText } from './use-event-text.ts';
import { useHeldEvents } from './use-held-events.ts';

export const refreshMs = 5_000;

export interface RecentEventsProps {
  /** Empty: of everything. */
  filter: EventFilter;
  /** How many at most. */
  limit?: number | undefined;
  className?: string | undefined;
}

export function RecentEvents({ filter, limit = 8, className }: RecentEventsProps) {
  const t = useTranslations('eventList');
  const page = useQuery(useTRPC().events.list.queryOptions({ filter, limit }, { refetchInterval: refreshMs }));
  return (
    <Panel title={t('recent')} padded={false} className={className} actions={<Link href={eventsPlace(filter)} className="inline-flex min-h-6 items-center text-sm underline">{t('allEvents')}</Link>}>
      <Loaded query={page} failed={t('loadFailed')} rows={4}>{({ events }) => <Few events={events} />}</Loaded>
    </Panel>
  );
}

export function Few({ events }: { events: readonly PanelEvent[] }) {
  const t = useTranslations('eventList');
  const { shown, region } = useHeldEvents(events);
  if (shown.length === 0) return <p className="p-3 text-muted">{t('emptyWhy')}</p>;
  return <ol {...region}>{shown.map((event) => <li key={event.id} className="border-b border-line last:border-b-0"><One event={event} /></li>)}</ol>;
}

function One({ event }: { event: PanelEvent }) {
  const t = useTranslations('eventList');
  const text = useEventText();
  const cause = useEventCause()(event);
  return (
    <div className="flex items-baseline gap-2 px-3 py-1.5">
      <ToneMark tone={event.tone} showLabel={false} />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p>{text(event)}{cause !== null && <span className="text-muted"> {cause}</span>} {event.link !== null && <Link href={event.link} className="inline-flex min-h-6 items-center text-sm underline">{t('more')}</Link>}</p>
        <p className="flex flex-wrap items-baseline gap-x-3 text-sm text-muted">
          <EventTime {...event} />
          <EventNames object={event.object} />
          {event.person !== null && <span>{event.person}</span>}
        </p>
      </div>
    </div>
  );
}
