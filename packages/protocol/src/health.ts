// Health of real servers, as a director tells of it.
import { HealthRule, Id, Probe, ServiceState, Try } from '@weir/model';
import { z } from 'zod';

const timeMs = z.int().min(0);
const ProbeTypeName = z.enum(Probe.options.map(({ shape }) => shape.type.value));

/** What a director can ask with, and what is in its folder of scripts. */
export const HealthAbilities = z.strictObject({
  probes: z.array(ProbeTypeName).max(64),
  /** `refusedBecause`: why it is not run. */
  scripts: z.array(z.strictObject({
    file: z.string().min(1).max(255), refusedBecause: z.enum(['notRoot', 'writable', 'notExecutable', 'notAFile']).nullable(),
  })).max(1_000),
});
export type HealthAbilities = z.infer<typeof HealthAbilities>;

/** By its checks. Unknown: not decided yet; then it counts as `isUp` says. */
export const RealServerStanding = z.strictObject({
  realServerId: Id,
  standing: z.enum(['up', 'down', 'unknown']),
  sinceMs: timeMs,
  isUp: z.boolean(),
  /** Gets new connections, as far as health and people's orders go. */
  isUsed: z.boolean(),
  rule: HealthRule,
});
export type RealServerStanding = z.infer<typeof RealServerStanding>;

/** A service whose real servers a director asks. */
export const ServiceStanding = z.strictObject({
  clusterId: Id, serviceId: Id, state: ServiceState, realServers: z.array(RealServerStanding).max(10_000),
  /** Whether the sorry server answers. */
  sorry: z.boolean(),
});
export type ServiceStanding = z.infer<typeof ServiceStanding>;

/** How the asking itself goes. */
export const CheckerState = z.strictObject({
  /** How many different things are asked. */
  targets: z.int().min(0),
  /** What was not asked on time, since when that is so; null: all was. */
  late: z.strictObject({ targets: z.int().min(1), worstMs: z.int().min(0), sinceMs: timeMs }).nullable(),
  /** Hosts that fell silent together and are not taken out; null: none. */
  braked: z.strictObject({ hosts: z.int().min(1), sinceMs: timeMs }).nullable(),
});
export type CheckerState = z.infer<typeof CheckerState>;

/** Services of one event; a large director says the rest in events that follow at once. */
export const HEALTH_SERVICES_MAX = 500;

/** `whole`: what was said of any service before is said no more; it begins anew with these. */
export const HealthEvent = z.strictObject({
  kind: z.literal('health'), bootId: Id, whole: z.boolean(), services: z.array(ServiceStanding).max(HEALTH_SERVICES_MAX), checker: CheckerState, atMs: timeMs,
});
export type HealthEvent = z.infer<typeof HealthEvent>;

const Code = z.string().min(1).max(40);

/** A real server, or where that is null a service, that stands otherwise than before. `to` is decided by `rule`, the last word on it was `lastTry`. */
export const HealthChange = z.strictObject({
  /** Counts from 1 in each life of the agent. */
  sequence: z.int().min(1),
  atMs: timeMs, clusterId: Id, serviceId: Id, realServerId: Id.nullable(), from: Code, to: Code,
  rule: z.strictObject({ code: Code, params: HealthRule.shape.params, sinceMs: timeMs }),
  lastTry: Try.nullable(),
});
export type HealthChange = z.infer<typeof HealthChange>;

/** An agent keeps the last so many, and says them again to whoever connects. */
export const HEALTH_CHANGES_KEPT = 500;

/** `missed`: so many before these are not kept any more, and were not said in this stream. */
export const HealthChangesEvent = z.strictObject({
  kind: z.literal('healthChanges'), bootId: Id, changes: z.array(HealthChange).min(1).max(HEALTH_CHANGES_KEPT), missed: z.int().min(0),
});
export type HealthChangesEvent = z.infer<typeof HealthChangesEvent>;

export const EvidenceInput = z.strictObject({ clusterId: Id, serviceId: Id, realServerId: Id });
export type EvidenceInput = z.infer<typeof EvidenceInput>;

export const TRIES_SHOWN_MAX = 20;

/** Why one real server of a service stands as it does on this director. */
export const HealthEvidence = z.strictObject({
  /** Null: this director decides nothing about it. */
  realServer: RealServerStanding.nullable(),
  service: ServiceState.nullable(),
  checks: z.array(z.strictObject({
    checkId: Id,
    /** False: it cannot be asked here, for want of a port or of a path. */
    isAsked: z.boolean(),
    standing: z.enum(['up', 'down', 'unknown']), sinceMs: timeMs,
    /** In a row. */
    good: z.int().min(0), failed: z.int().min(0),
    /** Oldest first. */
    tries: z.array(Try).max(TRIES_SHOWN_MAX),
  })).max(8),
  checker: CheckerState,
  readAtMs: timeMs,
});
export type HealthEvidence = z.infer<typeof HealthEvidence>;
