// What happened: one stream of events, each about an object, with cause and evidence. What the pages ask for and get; no server code.
import { Id } from '@weir/model';
import { z } from 'zod';

const timeMs = z.int().min(0);

/** What an event is of. Each kind has its codes; a code with its parameters has a sentence in each language (`events.<kind>.<code>`). */
export const EventKind = z.enum([
  /** A revision was saved, approved, rejected. */
  'revision',
  /** A change was applied, confirmed, taken back, or failed. */
  'apply',
  /** A real server or a service stands otherwise by its checks. */
  'health',
  'drain',
  'override',
  /** Actual began or ceased to differ from effective. */
  'drift',
  /** A director fell silent, came back, started anew, refuses the panel. */
  'director',
  /** Asking real servers came too late, or the brake holds them. */
  'checker',
  /** A certificate of the panel or of an agent ends soon. */
  'certificate',
  /** An alert fired, was acknowledged, ended. */
  'alert',
]);
export type EventKind = z.infer<typeof EventKind>;

/** How it is for clients: good news, no news, something to look at, something broken. */
export const EventTone = z.enum(['good', 'plain', 'warn', 'bad']);
export type EventTone = z.infer<typeof EventTone>;

export const EventCode = z.string().regex(/^[a-zA-Z]{1,40}$/);
export const EventParams = z.record(z.string().max(40), z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]));
export type EventParams = z.infer<typeof EventParams>;

/** About whom: what is not concerned is null. Names are written out as they were then. */
export const EventObject = z.strictObject({
  clusterId: Id.nullable(), clusterName: z.string().nullable(),
  serviceId: Id.nullable(), serviceName: z.string().nullable(),
  realServerId: Id.nullable(), realServerName: z.string().nullable(),
  directorId: Id.nullable(), directorName: z.string().nullable(),
});
export type EventObject = z.infer<typeof EventObject>;

export const PanelEvent = z.strictObject({
  id: z.string().regex(/^\d{1,19}$/),
  /** When it happened, by the clock of who saw it; and when the panel heard of it. */
  atMs: timeMs,
  heardAtMs: timeMs,
  kind: EventKind,
  code: EventCode,
  tone: EventTone,
  object: EventObject,
  params: EventParams,
  /** Who did it; null: nobody, it happened. */
  person: z.string().nullable(),
  /** What was seen, as it was said: the last try, the outcome of operations. */
  evidence: z.unknown(),
  /** The page that shows more, inside the panel. */
  link: z.string().startsWith('/').nullable(),
});
export type PanelEvent = z.infer<typeof PanelEvent>;

export const EventFilter = z.strictObject({
  kinds: z.array(EventKind).max(EventKind.options.length),
  tones: z.array(EventTone).max(EventTone.options.length),
  clusterId: Id,
  serviceId: Id,
  realServerId: Id,
  directorId: Id,
  /** In a name of an object, or of a person. */
  text: z.string().trim().min(1).max(200),
  fromMs: timeMs,
  toMs: timeMs,
}).partial();
export type EventFilter = z.infer<typeof EventFilter>;

export const eventsMax = 200;

export const EventsInput = z.strictObject({
  filter: EventFilter.default({}),
  /** Older than this one. */
  before: z.string().regex(/^\d{1,19}$/).optional(),
  limit: z.int().min(1).max(eventsMax).default(100),
});

export const EventsPage = z.strictObject({
  /** Newest first. */
  events: z.array(PanelEvent),
  /** Null: these are the oldest. */
  next: z.string().nullable(),
});
export type EventsPage = z.infer<typeof EventsPage>;
