// How each real server of a service stands before the service's own rules: what people ordered, what its checks say, whether it can be used.
import type { RealServer, VirtualService } from '../../definition/definition.ts';
import { deciding } from '../../effective/override.ts';
import type { Override, OverrideCause } from '../../effective/override.ts';
import { countsAsUp, isDampedOnly, weightPercentOf } from '../verdict/verdict.ts';
import type { Verdict } from '../verdict/verdict.ts';

const OWN: ReadonlySet<OverrideCause> = new Set(['health', 'slowStart']);
/** Stronger than health (`OverrideCause`). */
const STRONGER: ReadonlySet<OverrideCause> = new Set(['maintenance', 'drain']);

export interface RealServerStanding {
  readonly realServer: RealServer;
  /** Null: nothing is asked of it yet. */
  readonly verdict: Verdict | null;
  /** What people ordered of it. */
  readonly order: Override | null;
  /** Its weight by definition and people; 0 where they took it out. */
  readonly weight: number;
  readonly isUp: boolean;
  readonly percent: number | null;
}

export function isPeoples({ cause }: Override): boolean {
  return !OWN.has(cause);
}

/** People's order stands above what its checks say. */
export function isOrdered({ order }: RealServerStanding): boolean {
  return order !== null && STRONGER.has(order.cause);
}

/** In the turn, were it for its checks and its weight alone. */
export function isUsable(standing: RealServerStanding): boolean {
  return standing.weight > 0 && (isOrdered(standing) || (standing.isUp && standing.percent !== 0));
}

/** Up, and out of the turn for nothing but its changes. */
export function isSpare({ weight, verdict, percent }: RealServerStanding): boolean {
  return weight > 0 && percent !== 0 && verdict !== null && isDampedOnly(verdict);
}

/** `orders`: of this service alone. */
export function standingsOf(service: VirtualService, verdicts: ReadonlyMap<string, Verdict>, orders: readonly Override[], nowMs: number): RealServerStanding[] {
  const byRealServer = new Map<string, Override[]>();
  for (const order of orders.filter(isPeoples)) byRealServer.set(order.target.realServerId, [...byRealServer.get(order.target.realServerId) ?? [], order]);
  return service.realServers.map((realServer) => {
    const order = deciding(byRealServer.get(realServer.id) ?? [], nowMs);
    const verdict = verdicts.get(realServer.id) ?? null;
    const weight = order === null ? realServer.weight : order.effect.kind === 'weight' ? order.effect.weight : 0;
    return {
      realServer, verdict, order, weight, isUp: verdict === null ? service.health?.first !== 'down' : countsAsUp(verdict), percent: verdict === null ? null : weightPercentOf(verdict),
    };
  });
}
