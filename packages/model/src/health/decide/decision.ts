// A decision about one service: what its health does to its real servers, and which rule decided.
import type { Override } from '../../effective/override.ts';
import type { HealthRule, ServiceState } from '../rule.ts';

export interface RealServerDecision {
  readonly realServerId: string;
  /** By its checks, or by what it counts as until they decide. */
  readonly isUp: boolean;
  /** Gets new connections, as far as health and people's orders go. */
  readonly isUsed: boolean;
  readonly rule: HealthRule;
  /** Null: health changes nothing of it. */
  readonly override: Override | null;
}

/** What a slow start was set to when its step began. */
export interface Ramp {
  readonly cameBackMs: number;
  readonly step: number;
  readonly others: number;
  readonly upper: number | null;
}

export interface ServiceDecision {
  readonly clusterId: string;
  readonly serviceId: string;
  readonly state: ServiceState;
  readonly isBelow: boolean;
  readonly realServers: readonly RealServerDecision[];
  /** The sorry server's, while it answers. */
  readonly sorry: Override | null;
  readonly ramps: ReadonlyMap<string, Ramp>;
  /** When it has to be decided again though nothing is heard until then. */
  readonly nextMs: number | null;
}

/** All that health asks to be changed of this service. */
export function overridesOf({ realServers, sorry }: ServiceDecision): Override[] {
  return [...realServers.flatMap(({ override }) => override ?? []), ...(sorry === null ? [] : [sorry])];
}
