// Who a director is, and what it holds and forwards.
import {
  ActualTable, Capabilities, ClusterDefinition, DRAINS_MAX, DrainState, Finding, Id, InterfaceName, IpAddress, line, Override, PlanOperation,
} from '@weir/model';
import { z } from 'zod';
import { UnconfirmedChange } from './confirm.ts';
import { EnrolmentSecret } from './trust/enrolment-code.ts';
import { HealthAbilities } from './health.ts';

export const EnrolInput = z.strictObject({
  version: z.int().min(1),
  secret: EnrolmentSecret,
  /** The id this director has in the panel; definitions name it by it. */
  directorId: Id,
  panelName: line(200),
});
export type EnrolInput = z.infer<typeof EnrolInput>;

export const Hello = z.strictObject({
  version: z.int().min(1),
  agentVersion: line(64),
  hostname: line(255),
  directorId: Id,
  /** Changes with each start of the agent. */
  bootId: Id,
  startedAtMs: z.int().min(0),
  capabilities: Capabilities,
  /** Null where it asks nothing of real servers. */
  health: HealthAbilities.nullable(),
});
export type Hello = z.infer<typeof Hello>;

export const AcceptedRevision = z.strictObject({
  clusterId: Id,
  revision: z.int().min(1),
  /** Digest of the definition, to tell two that claim one number apart. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  acceptedAtMs: z.int().min(0),
});
export type AcceptedRevision = z.infer<typeof AcceptedRevision>;

/** After a flush by hand a director's drift is its whole table: the state names no more of it, since it is sent at each change. */
export const DRIFT_SHOWN_MAX = 100;

/** Of VIPs and of findings, each. */
export const HOST_SHOWN_MAX = 10_000;

export const Findings = z.array(Finding).max(HOST_SHOWN_MAX);

/** The VIPs of its clusters that are on a director's host, and what there is as it should not be and Weir leaves alone. */
export const HostState = z.strictObject({
  vips: z.array(z.strictObject({ address: IpAddress, interface: InterfaceName, byWeir: z.boolean() })).max(HOST_SHOWN_MAX),
  findings: Findings,
  /** How many more there are. */
  leftOut: z.strictObject({ vips: z.int().min(0), findings: z.int().min(0) }),
});
export type HostState = z.infer<typeof HostState>;

/** `drift`: the first of the operations that would turn actual into effective, `driftCount` how many there are; 0 while it forwards what it should. */
export const DirectorState = z.strictObject({
  accepted: z.array(AcceptedRevision).max(1_000),
  overrides: z.array(Override).max(10_000),
  drift: z.array(PlanOperation).max(DRIFT_SHOWN_MAX),
  driftCount: z.int().min(0),
  driftSinceMs: z.int().min(0).nullable(),
  unconfirmed: z.array(UnconfirmedChange).max(1_000),
  /** Null from an agent of version 2, which drains nothing. The connections that are left are in its ticks. */
  drains: z.array(DrainState).max(DRAINS_MAX).nullable(),
  /** Null where the agent leaves its host alone. */
  host: HostState.nullable(),
  readAtMs: z.int().min(0),
});
export type DirectorState = z.infer<typeof DirectorState>;

export const ActualReading = z.strictObject({ actual: ActualTable, readAtMs: z.int().min(0) });
export type ActualReading = z.infer<typeof ActualReading>;

export const OverrideInput = z.strictObject({ override: Override });
export const EndOverrideInput = z.strictObject({ overrideId: Id });

/** A cluster's change on one director; `definition` null takes the cluster off it. */
export const PlanInput = z.strictObject({
  clusterId: Id,
  revision: z.int().min(1),
  definition: ClusterDefinition.nullable(),
});
export type PlanInput = z.infer<typeof PlanInput>;
