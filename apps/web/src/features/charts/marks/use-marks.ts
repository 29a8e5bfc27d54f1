'use client';
// What happened in the time that charts show, to what they show.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TimeMark } from '@weir/ui';
import { useMemo } from 'react';
import { eventsMax, type EventFilter, type EventKind, type PanelEvent } from '../../../events/event.ts';
import type { HistorySubject } from '../../../history/series.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { useEventText } from '../../events/use-event-text.ts';
import { againMs, shownWindow, type ChartRange } from '../range/range.ts';
import { useShownNow } from '../range/use-shown-now.ts';

const kinds = ['revision', 'apply', 'health', 'drain', 'override', 'director'] as const satisfies EventKind[];
type MarkedKind = (typeof kinds)[number];
/** Where the charts move each second. */
const liveMs = 5_000;
/** A window that slides asks by whole minutes at least, so that an answer serves for a while. */
const minuteMs = 60_000;

export interface Marks {
  readonly marks: readonly TimeMark[];
  readonly moments: readonly number[];
  /** There are older ones in this time. */
  readonly isCut: boolean;
  readonly error: unknown;
  readonly busy: boolean;
  readonly retry: () => void;
}

export function useMarks(subject: HistorySubject, range: ChartRange): Marks {
  const now = useShownNow();
  const text = useEventText();
  const { fromMs, toMs } = shownWindow(range, Math.floor((now ?? 0) / minuteMs) * minuteMs);
  const filter: EventFilter = {
    kinds: [...kinds], fromMs, ...(range.kind === 'piece' && { toMs }),
    ...(subject.kind === 'director' ? { directorId: subject.directorId } : { clusterId: subject.clusterId }),
  };
  const query = useQuery(useTRPC().events.list.queryOptions({ filter, limit: eventsMax }, {
    enabled: now !== null, placeholderData: keepPreviousData, refetchInterval: range.kind === 'live' ? liveMs : againMs(range, now ?? Infinity),
  }));
  const { data, error } = query;
  const marks = useMemo(() => (data?.events ?? []).filter((event) => concerns(event, subject)).flatMap((event) => markOf(event, text)), [data, subject, text]);
  const moments = useMemo(() => marks.map(({ atMs }) => atMs), [marks]);
  return { marks, moments, isCut: data !== undefined && data.next !== null, error, busy: query.isFetching, retry: () => void query.refetch() };
}

/** What happened to the cluster happened to its services too, and what to a service, to its real servers. */
export function concerns({ object }: Pick<PanelEvent, 'object'>, subject: HistorySubject): boolean {
  if (subject.kind !== 'service' && subject.kind !== 'realServer') return true;
  if (object.serviceId !== null && object.serviceId !== subject.serviceId) return false;
  return subject.kind === 'service' || object.realServerId === null || object.realServerId === subject.realServerId;
}

function markOf(event: PanelEvent, text: (event: PanelEvent) => string): TimeMark[] {
  const kind = kinds.find((each): each is MarkedKind => each === event.kind);
  if (kind === undefined) return [];
  const { serviceName, realServerName, directorName } = event.object;
  const names = [realServerName, serviceName, directorName].filter((name) => name !== null);
  return [{
    id: event.id, atMs: event.atMs, kind, tone: event.tone, href: event.link,
    text: [text(event), names.join(' · ')].filter((part) => part !== '').join(' '),
  }];
}
