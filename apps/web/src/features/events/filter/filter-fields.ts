// The filter as the fields of a form: text, with moments as the browser's own time. Kinds and tones are chosen beside it.
import { z } from 'zod';
import { EventFilter } from '../../../events/event.ts';

const chosen = { kinds: true, tones: true, realServerId: true } as const;

/** An empty field asks for nothing. */
const Text = z.string().transform((text) => (text.trim() === '' ? undefined : text));

const Moment = z.string().transform((local, context) => {
  if (local.trim() === '') return undefined;
  const atMs = new Date(local).getTime();
  if (!Number.isNaN(atMs)) return atMs;
  context.addIssue({ code: 'custom', params: { code: 'notATime' } });
  return z.NEVER;
});

export const FilterForm = z.object({
  text: Text.pipe(EventFilter.shape.text), clusterId: Text.pipe(EventFilter.shape.clusterId), serviceId: Text.pipe(EventFilter.shape.serviceId),
  directorId: Text.pipe(EventFilter.shape.directorId), from: Moment, to: Moment,
}).superRefine(({ from, to }, context) => {
  if (from !== undefined && to !== undefined && to <= from) context.addIssue({ code: 'custom', path: ['to'], params: { code: 'endsFirst' } });
}).transform(({ from, to, ...rest }) => EventFilter.omit(chosen).parse({ ...rest, fromMs: from, toMs: to }));

export type FilterFields = z.input<typeof FilterForm>;

export function fieldsOf({ text = '', clusterId = '', serviceId = '', directorId = '', fromMs, toMs }: EventFilter): FilterFields {
  return { text, clusterId, serviceId, directorId, from: localOf(fromMs), to: localOf(toMs) };
}

function localOf(atMs: number | undefined): string {
  if (atMs === undefined) return '';
  const at = new Date(atMs);
  const local = new Date(atMs - at.getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, at.getSeconds() === 0 ? 16 : 19);
}
