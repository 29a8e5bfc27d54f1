// One client on one director: which connections it has now, and where a new one would go and why.
import { z } from 'zod';
import { SchedulerName } from '../definition/scheduler.ts';
import { Id } from '../definition/text.ts';
import { Endpoint } from '../table/table.ts';
import { ConnectionList } from './connection.ts';

const count = z.int().min(0);

/**
 * Why a new connection would go there: `template` (persistence), `only` (nobody else is available), `leastConnections`, `shortestDelay` and `neverQueue` (by the
 * figures), `highestWeight`, `overflow`, `sourceHash`, `destinationHash`.
 * Why nobody can tell: `turn` (rr and wrr: whose turn it is, the kernel keeps to itself), `locality` (lblc, lblcr), `portNeeded` and `vipNeeded` (the hash takes it in),
 * `templatesUnseen` (persistence is kept where nobody lists it), `callId` (persistence by SIP).
 * Why it would go nowhere: `ownerUnavailable` (the hash chose one that takes none), `nobody` (none is available).
 */
export const NextCode = z.enum([
  'template', 'only', 'leastConnections', 'shortestDelay', 'neverQueue', 'highestWeight', 'overflow', 'sourceHash', 'destinationHash',
  'turn', 'locality', 'portNeeded', 'vipNeeded', 'templatesUnseen', 'callId', 'ownerUnavailable', 'nobody',
]);
export type NextCode = z.infer<typeof NextCode>;

/**
 * What could make it otherwise: the template leads to weight 0, where the kernel's setting decides; the buckets of mh go by the last weight of who is at 0;
 * who is between its thresholds may be closed to new ones still; only a part of the table was read or listed, and the template may be in the rest.
 */
export const NextDoubt = z.enum(['templateAtZero', 'lastWeight', 'betweenThresholds', 'sampled']);
export type NextDoubt = z.infer<typeof NextDoubt>;

export const FOLLOW_CANDIDATES_MAX = 20;
export const FOLLOW_HELD_MAX = 20;
export const FOLLOW_SERVICES_MAX = 100;

export const Next = z.strictObject({
  code: NextCode,
  /** That the forwarder goes by now. */
  scheduler: SchedulerName,
  /** Null where nobody can tell, or it would go nowhere. */
  endpoint: Endpoint.nullable(),
  doubts: z.array(NextDoubt).max(NextDoubt.options.length),
  /** Among whom was chosen, the first of them as the scheduler goes through them. */
  candidates: z.array(z.strictObject({ endpoint: Endpoint, weight: count, active: count, inactive: count })).max(FOLLOW_CANDIDATES_MAX),
});
export type Next = z.infer<typeof Next>;

export const FollowedService = z.strictObject({
  serviceId: Id,
  /** Connections in what was read. */
  total: count,
  /** Which real servers have them, the most first. */
  held: z.array(z.strictObject({ endpoint: Endpoint, connections: count })).max(FOLLOW_HELD_MAX),
  /** What sends the client to the real server it had; null where there is none, or none is listed. */
  template: z.strictObject({ endpoint: Endpoint, expiresInMs: count.nullable() }).nullable(),
  /** Null where the forwarder has no such service. */
  next: Next.nullable(),
});
export type FollowedService = z.infer<typeof FollowedService>;

export const Followed = z.strictObject({
  services: z.array(FollowedService).max(FOLLOW_SERVICES_MAX),
  /** Services of the client's family that are not looked at. */
  leftOut: count,
  sample: ConnectionList.shape.sample,
  measuredAtMs: count,
});
export type Followed = z.infer<typeof Followed>;
