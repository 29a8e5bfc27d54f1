// What a decision about one service is made from.
import type { VirtualService } from '../../definition/definition.ts';
import type { ServiceHealth } from '../../definition/health/service-health.ts';
import type { Override } from '../../effective/override.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { ServiceDecision } from './decision.ts';

export interface DecideInput {
  readonly clusterId: string;
  readonly service: VirtualService;
  readonly health: ServiceHealth;
  /** By the id of the real server; one that is not in it counts as its service says. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Those of this service; what health and slow start asked for before is left aside. */
  readonly overrides: readonly Override[];
  /** Active and inactive connections of a real server now; null: not known. */
  readonly connectionsOf: (realServerId: string) => number | null;
  /** Whether the driver keeps thresholds. */
  readonly thresholds: boolean;
  readonly before: ServiceDecision | null;
  readonly nowMs: number;
}
