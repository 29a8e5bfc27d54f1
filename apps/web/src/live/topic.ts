// Live data as the panel sends it to browsers: the topics a tab can follow, and what a tick of one says. No server code.
import { ByteKind, Id, RefusalReason, ServiceState, Unseen } from '@weir/model';
import { CheckerState, RealServerStanding } from '@weir/protocol';
import { z } from 'zod';
import { LiveLines, Traces } from './service-line.ts';
import { Totals } from './totals.ts';

/** All clusters in sum, one cluster with its services, one service, or all that one director forwards. */
export const Topic = z.union([
  z.literal('overview'),
  z.templateLiteral(['cluster:', Id]),
  z.templateLiteral(['service:', Id, '/', Id]),
  z.templateLiteral(['director:', Id]),
]);
export type Topic = z.infer<typeof Topic>;

/** The tabs of a browser follow theirs on one stream. */
export const topicsMax = 64;
export const Topics = z.array(Topic).max(topicsMax);

export function clusterTopic(clusterId: string): Topic {
  return `cluster:${clusterId}`;
}

export function serviceTopic(clusterId: string, serviceId: string): Topic {
  return `service:${clusterId}/${serviceId}`;
}

export function directorTopic(directorId: string): Topic {
  return `director:${directorId}`;
}

/** What a topic is about: null where it is about all of them. */
export interface Subject {
  readonly directorId: string | null;
  readonly clusterId: string | null;
  readonly serviceId: string | null;
}

export function subjectOf(topic: Topic): Subject {
  if (topic === 'overview') return { directorId: null, clusterId: null, serviceId: null };
  const [kind, path = ''] = topic.split(':');
  if (kind === 'director') return { directorId: path, clusterId: null, serviceId: null };
  const [clusterId = '', serviceId = ''] = path.split('/');
  return { directorId: null, clusterId, serviceId: kind === 'service' ? serviceId : null };
}

/** Decimal digits, why it cannot be seen, or null: not known now. */
const Total = z.union([z.string().regex(/^\d+$/), Unseen]).nullable();
const PerSecond = z.union([z.number().min(0), Unseen]).nullable();
const Count = z.int().min(0).nullable();
const Time = z.int().min(0).nullable();

/** Null is always "not known now": nobody reported yet, no window for a rate, a counter that was reset. Never 0. */
export const Figures = z.strictObject({
  active: Count,
  inactive: Count,
  persistent: Count,
  totals: z.strictObject({ connections: Total, packetsIn: Total, packetsOut: Total, bytesIn: Total, bytesOut: Total }),
  perSecond: z.strictObject({ connections: PerSecond, packetsIn: PerSecond, packetsOut: PerSecond, bytesIn: PerSecond, bytesOut: PerSecond }),
  /** What the rates are taken over. */
  windowMs: z.int().min(1).nullable(),
  /** Null where nothing is known, or where directors count different bytes, which are never added: the byte figures are null then. */
  byteKind: ByteKind.nullable(),
  /** Of a sum, the oldest. */
  measuredAtMs: Time,
});
export type Figures = z.infer<typeof Figures>;

/** `silent`: the figures are its last ones. */
export const LiveDirector = z.strictObject({
  directorId: Id,
  name: z.string(),
  state: z.enum(['live', 'silent']),
  lastSeenAtMs: Time,
  measuredAtMs: Time,
  /** How its asking of real servers goes; null: not known, or its agent asks nothing. */
  checker: CheckerState.nullable(),
});
export type LiveDirector = z.infer<typeof LiveDirector>;

/** Clients and datagrams that a service turned away, by reason, most first; reasons that never were one are left out. */
const Refusals = z.strictObject({
  total: z.string().regex(/^\d+$/),
  perSecond: z.number().min(0).nullable(),
  reasons: z.array(z.strictObject({ reason: RefusalReason, count: z.string().regex(/^\d+$/) })),
});
/** Or why nobody says: a director's forwarder does not count them. Null: not known now. */
export const Refused = z.union([Refusals, z.enum(['forwarder'])]).nullable();
export type Refused = z.infer<typeof Refused>;

/** How a real server stands by one director; of a silent one it is the last word. */
export const LiveHealth = RealServerStanding.omit({ realServerId: true }).extend({ directorId: Id });
export type LiveHealth = z.infer<typeof LiveHealth>;

/** How a service stands by one director. */
export const LiveServiceHealth = z.strictObject({
  directorId: Id, state: ServiceState,
  /** Whether the sorry server answers there. */
  sorry: z.boolean(),
});
export type LiveServiceHealth = z.infer<typeof LiveServiceHealth>;

export const LiveRealServer = z.strictObject({
  /** Null: in no revision that the panel knows; its key is its name then. */
  realServerId: Id.nullable(),
  name: z.string(),
  key: z.string(),
  /** As the forwarder has it: null where it is not known, or differs between the directors counted. */
  weight: Count,
  /** What each has, where they differ. */
  weights: z.array(z.strictObject({ directorId: Id, weight: z.int().min(0) })),
  /** Null: it is not in the wanted revision. */
  wantedWeight: Count,
  /** Directors of the wanted revision that have not accepted it as it is there. */
  notAppliedOn: z.array(Id),
  figures: Figures,
  /** By each director that asks it; none: nobody does, or it is not known. */
  health: z.array(LiveHealth),
});
export type LiveRealServer = z.infer<typeof LiveRealServer>;

export const LiveService = z.strictObject({
  clusterId: Id,
  serviceId: Id,
  name: z.string(),
  /** The model's ServiceKey, such as `tcp 10.0.0.1:80`. */
  key: z.string(),
  /** The director that holds its VIP; null where none does, or more than one. */
  holderId: Id.nullable(),
  /** The directors that the figures count: the live ones, or while all are silent those with last figures. */
  directors: z.array(Id),
  figures: Figures,
  refused: Refused,
  /** In the wanted revision. */
  wanted: z.boolean(),
  /** Directors of the wanted revision that have not accepted it where it is there. */
  notAppliedOn: z.array(Id),
  /** Of the directors counted, those on which it has real servers and none of them has a weight: nobody takes new connections there. */
  takesNoneOn: z.array(Id),
  realServerCount: z.int().min(0),
  /** By each director that asks its real servers. */
  health: z.array(LiveServiceHealth),
  /** Left out of a cluster's tick where the cluster has more than `realServersInClusterTickMax`: follow the service then. */
  realServers: z.array(LiveRealServer),
});
export type LiveService = z.infer<typeof LiveService>;

/** A row has half a kilobyte, each second, for each browser that follows it. */
export const realServersInClusterTickMax = 200;

/** One second of one topic. `overview` has totals and lines instead of services, or traces where the second is past; a director has figures; the others have services. */
export const LiveTick = z.strictObject({
  topic: Topic,
  atMs: z.int().min(0),
  directors: z.array(LiveDirector),
  services: z.array(LiveService),
  totals: Totals.optional(),
  lines: LiveLines.optional(),
  traces: Traces.optional(),
  figures: Figures.optional(),
});
export type LiveTick = z.infer<typeof LiveTick>;

/** The stream's first event, then ticks as JSON text: each is serialised once for all browsers. */
export type LiveEvent = { readonly kind: 'open'; readonly streamId: string } | string;
