// The filter of events as it stands in a page's address. Pure.
import { z } from 'zod';
import { EventFilter, EventKind, EventsInput, EventTone } from '../../../events/event.ts';

/** What of an address is a filter; the rest is left out, since people write addresses by hand. */
export function filterIn(address: URLSearchParams): EventFilter {
  const text = (name: string): string | undefined => address.get(name) ?? undefined;
  const asked: Readonly<Record<keyof EventFilter, unknown>> = {
    kinds: among(EventKind.options, text('kind')),
    tones: among(EventTone.options, text('tone')),
    clusterId: text('cluster'), serviceId: text('service'), realServerId: text('realServer'), directorId: text('director'),
    text: text('text'),
    fromMs: momentOf(text('from')), toMs: momentOf(text('to')),
  };
  const fits = EventFilter.keyof().options.flatMap((name) => {
    const { success, data } = EventFilter.shape[name].safeParse(asked[name]);
    return success && data !== undefined ? [[name, data] as const] : [];
  });
  return EventFilter.parse(Object.fromEntries(fits));
}

/** Where the page begins that an address asks for; undefined: with the newest. */
export function beforeIn(address: URLSearchParams): string | undefined {
  return EventsInput.shape.before.safeParse(address.get('before') ?? undefined).data;
}

export function addressOf(filter: EventFilter, before?: string): string {
  const { kinds, tones, clusterId, serviceId, realServerId, directorId, text, fromMs, toMs } = filter;
  const named = {
    kind: kinds?.join(','), tone: tones?.join(','), cluster: clusterId, service: serviceId, realServer: realServerId, director: directorId,
    text, from: momentText(fromMs), to: momentText(toMs), before,
  };
  return new URLSearchParams(Object.entries(named).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]))).toString();
}

/** The page of events that a filter has. */
export function eventsPlace(filter: EventFilter): string {
  const address = addressOf(filter);
  return address === '' ? '/events' : `/events?${address}`;
}

function among<T extends string>(options: readonly T[], text: string | undefined): T[] | undefined {
  const named = text?.split(',') ?? [];
  const found = options.filter((option) => named.includes(option));
  return found.length === 0 ? undefined : found;
}

function momentOf(text: string | undefined): number | undefined {
  const moment = z.iso.datetime().safeParse(text);
  return moment.success ? Date.parse(moment.data) : undefined;
}

function momentText(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : new Date(atMs).toISOString();
}
