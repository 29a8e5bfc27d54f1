// Health of a virtual service: what is asked of its real servers, how often, and what an answer does.
import { z } from 'zod';
import { IpAddress, Port } from '../address.ts';
import { ForwardingMethod } from '../forwarding.ts';
import { Id, Name } from '../text.ts';
import { Probe } from './probe.ts';

/** Seconds with tenths, kept in milliseconds. */
const IntervalMs = z.int().min(200).max(3_600_000);

export const HealthCheck = z.strictObject({
  id: Id,
  probe: Probe,
  /** Null: the real server's own. */
  port: Port.min(1).nullable(),
  /** An address of the director to ask from; null: whichever its routes choose. */
  source: IpAddress.nullable(),
  intervalMs: IntervalMs,
  /** While the last tries do not agree with what is held of the real server; null: the same. */
  changingIntervalMs: IntervalMs.nullable(),
  /** Of the whole try, from the first packet to the last byte. */
  timeoutMs: z.int().min(50).max(120_000),
  /** So many good tries in a row and it is up. */
  rise: z.int().min(1).max(100),
  /** So many failed tries in a row and it is down. */
  fall: z.int().min(1).max(100),
});
export type HealthCheck = z.infer<typeof HealthCheck>;

/** A server that answers while the real ones do not: its weight is 1, and nobody checks it. */
export const SorryServer = z.strictObject({ id: Id, name: Name, rip: IpAddress, port: Port, method: ForwardingMethod });
export type SorryServer = z.infer<typeof SorryServer>;

/** All checks must be good for a real server to be up. */
export const ServiceHealth = z.strictObject({
  checks: z.array(HealthCheck).min(1).max(8),
  /** What a real server counts as until it has been decided for the first time. */
  first: z.enum(['up', 'down']),
  /** What becomes of a real server that is down: its connections stay, or end as expire_nodest_conn says. */
  whenDown: z.enum(['weightZero', 'remove']),
  /** How long a real server that comes back takes to its full share; 0: at once. */
  slowStartSeconds: z.int().min(0).max(3_600),
  /** So many real servers must be up; once fewer were, `hysteresis` more than that. */
  quorum: z.strictObject({ up: z.int().min(1).max(10_000), hysteresis: z.int().min(0).max(10_000) }),
  /** Below the quorum: those that are up go on; only the sorry server answers; or all are used as if no check were there. */
  belowQuorum: z.enum(['goOn', 'sorry', 'failOpen']),
  sorry: SorryServer.nullable(),
  /** So many changes within the time, and a real server stays down until it was good for `holdSeconds`; null: each change counts. */
  flapping: z.strictObject({
    changes: z.int().min(2).max(100), withinSeconds: z.int().min(1).max(86_400), holdSeconds: z.int().min(1).max(86_400),
  }).nullable(),
});
export type ServiceHealth = z.infer<typeof ServiceHealth>;
