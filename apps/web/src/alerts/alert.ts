// Alerts: rules that watch, what fired, and where it was sent. What the pages ask for and get; no server code.
import { AlertRuleKind, Id, Name, QuietHours, Reason } from '@weir/model';
import { z } from 'zod';
import { EventObject, EventParams } from '../events/event.ts';

const timeMs = z.int().min(0);
export const AlertId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

export { AlertRuleKind };

/** The worst first: what clients notice before what they may. */
export const rulesWorstFirst: readonly AlertRuleKind[] = ['belowQuorum', 'directorSilent', 'applyFailed', 'realServerDown', 'checkerLate', 'drift', 'certificateEnding'];

/** Seconds for which it must hold before it fires, and in which what fires goes as one message. */
const forSecondsMax = 86_400;
const groupSecondsMax = 3_600;

/** There is one rule of each kind, from the start; a rule is not added or removed, but switched off. */
export const AlertRule = z.strictObject({
  kind: AlertRuleKind,
  on: z.boolean(),
  /** It must hold for so long before it fires. */
  forSeconds: z.int().min(0).max(forSecondsMax),
  /** Of a certificate that ends: so many days before. Null for every other kind. */
  days: z.int().min(1).max(365).nullable(),
  /** Null: all clusters. What belongs to no cluster alone fires where it concerns one of these. */
  clusterIds: z.array(Id).min(1).max(1_000).nullable(),
  /** While they last nothing is sent; afterwards what still holds is. Null: none. */
  quietHours: QuietHours.nullable(),
  /** What fires for one cluster and one channel within so many seconds goes as one message. */
  groupSeconds: z.int().min(0).max(groupSecondsMax),
  /** Empty: shown on the page only. */
  channelIds: z.array(Id).max(20),
});
export type AlertRule = z.infer<typeof AlertRule>;

/** That the panel itself serves to browsers. */
export interface WatchedCertificate {
  readonly subject: string;
  readonly endsAtMs: number;
}

export const channelsMax = 50;
/** In what language sentences are written. */
export const ChannelLocale = z.enum(['en', 'zh-CN']);
const Email = z.email().max(254);

const WebHookUrl = z.url({ protocol: /^https?$/ }).max(2_000).refine((text) => {
  // What is no URL has been refused by now, and comes here all the same.
  if (!URL.canParse(text)) return true;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}, { error: 'must not hold a user or a password', params: { code: 'userInUrl' } });

/** A secret of a channel or of the mail server when it is saved: left out it stays as it is, null takes it away. A token and a password do not stay for another host. */
const SecretInput = z.string().min(1).max(1_000).regex(/^[\x21-\x7e]+$/, 'must be printable and without blanks').nullable().optional();

const WebHookTarget = z.strictObject({ kind: z.literal('webHook'), url: WebHookUrl });
const EmailTarget = z.strictObject({ kind: z.literal('email'), to: z.array(Email).min(1).max(20) });

export const ChannelTarget = z.discriminatedUnion('kind', [
  /** Whether a secret is set; none is ever given back. */
  WebHookTarget.extend({ hasToken: z.boolean(), hasHmacSecret: z.boolean() }),
  EmailTarget,
]);


/** `id` null: a new one. */
export const SaveChannel = z.strictObject({
  id: Id.nullable(), name: Name, locale: ChannelLocale,
  target: z.discriminatedUnion('kind', [
    /** `token` goes as `Authorization: Bearer …`; with `hmacSecret` each message is signed. */
    WebHookTarget.extend({ token: SecretInput, hmacSecret: SecretInput }),
    EmailTarget,
  ]),
});
export type SaveChannel = z.infer<typeof SaveChannel>;

const Host = z.string().trim().min(1).max(253).regex(/^[A-Za-z0-9.:_-]+$/);
export const MailSecurity = z.enum(['none', 'startTls', 'tls']);

const mailServer = { host: Host, port: z.int().min(1).max(65_535), security: MailSecurity, user: z.string().trim().min(1).max(254).nullable(), from: Email };

export const MailServer = z.strictObject({ ...mailServer, hasPassword: z.boolean() });
export type MailServer = z.infer<typeof MailServer>;

export const SetMailServer = z.strictObject({ ...mailServer, password: z.string().min(1).max(1_000).nullable().optional() });
export type SetMailServer = z.infer<typeof SetMailServer>;

/** Why nothing was taken, as a word: `alerts.answers.<code>`. `ok`: it was. */
export const AnswerCode = z.enum([
  'ok', 'status', 'redirect', 'timeout', 'refused', 'unreachable', 'noSuchHost', 'tls', 'reset', 'badUrl', 'mailRefused', 'mailLater', 'mailSignIn', 'noMailServer', 'failed',
]);
export type AnswerCode = z.infer<typeof AnswerCode>;

/** What came back from a channel. */
export const ChannelAnswer = z.strictObject({
  code: AnswerCode,
  /** Of HTTP or SMTP. */
  status: z.int().nullable(),
  /** As it came, its first 500 bytes. */
  body: z.string().nullable(),
  atMs: timeMs,
  tookMs: z.number().min(0),
});
export type ChannelAnswer = z.infer<typeof ChannelAnswer>;

/** Where alerts are sent. */
export const AlertChannel = z.strictObject({
  id: Id, name: Name, locale: ChannelLocale, target: ChannelTarget,
  /** What it refused longest of what is tried again; null: nothing. */
  failing: z.strictObject({ sinceMs: timeMs, answer: ChannelAnswer }).nullable(),
});
export type AlertChannel = z.infer<typeof AlertChannel>;

/** A message about an alert to one channel; the same message may be about others too. */
export const AlertDelivery = z.strictObject({
  /** As the receiver knows it: the same in each try. */
  id: Id,
  channelId: Id, channelName: z.string(), channelKind: z.enum(['webHook', 'email']),
  /** `gathering`: waits for others of its group; `quiet`: for the end of quiet hours; `retrying`: refused, and tried again; `givenUp`: for a whole day nobody took it; `dropped`: over before quiet hours were. */
  state: z.enum(['gathering', 'quiet', 'retrying', 'sent', 'givenUp', 'dropped']),
  /** Whether it says that the alert fired, that it ended, or both. */
  says: z.array(z.enum(['fired', 'ended'])),
  alerts: z.int().min(1),
  tries: z.int().min(0),
  lastAnswer: ChannelAnswer.nullable(),
  /** Null: it is not tried any more. */
  nextTryAtMs: timeMs.nullable(),
});
export type AlertDelivery = z.infer<typeof AlertDelivery>;

export const AlertState = z.enum(['pending', 'firing', 'ended']);

export const Alert = z.strictObject({
  id: AlertId,
  rule: AlertRuleKind,
  state: AlertState,
  object: EventObject,
  /** For the sentence `alerts.sentences.<rule>`. */
  params: EventParams,
  sinceMs: timeMs,
  /** Null: pending. */
  firedAtMs: timeMs.nullable(),
  endedAtMs: timeMs.nullable(),
  /** It ended because nobody is called for it any more: its rule was switched off or is for other clusters, or a person took the object out. */
  unwatched: z.boolean(),
  /** Whether it is hidden behind a silent director: what holds there now is not known. */
  unknown: z.boolean(),
  acknowledged: z.strictObject({ person: z.string(), note: z.string(), atMs: timeMs }).nullable(),
  /** The page that shows more, inside the panel. */
  link: z.string().startsWith('/').nullable(),
  /** `retrying`: refused, and tried again; `waiting`: not tried yet. */
  deliveries: z.strictObject({ sent: z.int().min(0), waiting: z.int().min(0), retrying: z.int().min(0), givenUp: z.int().min(0) }),
});
export type Alert = z.infer<typeof Alert>;

export const alertsMax = 200;

/** Of a single answer, where more are open. */
export const currentAlertsMax = 500;

/** Current: pending and firing, the worst first. Past: those that fired and ended, by pages, the last that ended first. */
export const AlertsInput = z.strictObject({
  which: z.enum(['current', 'past']),
  clusterId: Id.optional(),
  before: AlertId.optional(),
  limit: z.int().min(1).max(alertsMax).default(100),
});

export const AlertsPage = z.strictObject({
  alerts: z.array(Alert),
  /** Of current ones all that there are; of past ones those of this page. */
  total: z.int().min(0),
  /** Null: these are the oldest. */
  next: AlertId.nullable(),
});
export type AlertsPage = z.infer<typeof AlertsPage>;

/** By an operator of the alert's cluster. */
export const AcknowledgeInput = z.strictObject({ clusterId: Id, alertId: AlertId, note: Reason });
/** What belongs to no cluster alone, by who operates all. */
export const AcknowledgeGeneralInput = AcknowledgeInput.omit({ clusterId: true });
