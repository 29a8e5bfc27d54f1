// Carries out one stored order: director after director, each step in the database before the next.
import type { IpAddress } from '@weir/model';
import { PanelError } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { settlementOf, settlementOfFailure } from './answer.ts';
import type { Settlement } from './answer.ts';
import type { Ledger, Unsettled } from './ledger.ts';
import type { StoredOrder, Turn } from './order.ts';
import { vipsOfTurn } from './vip-moves.ts';

export interface RunParts {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  /** The panel ends: nothing more goes out, and what is under way is for the next start to settle. */
  readonly ending: () => boolean;
  readonly onUnsettled: (order: Unsettled) => void;
}

export async function runOrder(parts: RunParts, order: StoredOrder): Promise<void> {
  const { ledger } = parts;
  let failedOn: string | null = null;
  /** VIPs that a director was to give up and has not said it did. */
  const kept = new Map<IpAddress, string>();
  for (const turn of order.turns) {
    if (parts.ending()) return;
    if (failedOn !== null && order.onFailure === 'rollBack') {
      await ledger.settle(turn.id, { outcome: 'notSent', report: null, error: { code: 'stoppedAfterFailure', params: { director: failedOn } }, over: true });
      continue;
    }
    const taken = vipsOfTurn(turn, 'addVip').flatMap((vip) => {
      const director = kept.get(vip) ?? backOn(parts.gateway, order.off, vip);
      return director === null ? [] : [{ vip, director }];
    });
    const [other] = taken;
    if (other !== undefined) {
      await ledger.settle(turn.id, { outcome: 'notSent', report: null, error: { code: 'vipKept', params: { ...other } }, over: true });
      failedOn = turn.name;
      continue;
    }
    await ledger.sending(turn.id);
    const settlement = await send(parts.gateway, order, turn);
    if (parts.ending() && !settlement.over) return;
    await ledger.settle(turn.id, settlement);
    if (!settlement.over) parts.onUnsettled({ id: turn.id, applyId: order.applyId, directorId: turn.directorId });
    for (const left of keptAfter(turn, settlement)) kept.set(left, turn.name);
    if (settlement.outcome !== 'applied') failedOn = turn.name;
  }
  await ledger.finish(order);
}

/** A director that was stated to be off, is not, and has the VIP; null where there is none. */
function backOn(gateway: Gateway, off: readonly string[], vip: IpAddress): string | null {
  const back = off.find((id) => gateway.stateNow(id)?.host?.vips.some(({ address }) => address === vip) === true);
  return back === undefined ? null : gateway.director(back)?.name ?? back;
}

/** What a director still has as far as anybody knows: only its own word that the step was done, and stands, says otherwise. */
function keptAfter(turn: Turn, { outcome, report }: Settlement): IpAddress[] {
  const stands = report?.kind === 'report' && (outcome === 'applied' || outcome === 'partlyApplied');
  const done = stands ? report.report.steps.filter(({ result }) => result.status === 'done').map(({ operation }) => operation) : [];
  const given = new Set(vipsOfTurn({ operations: done }, 'removeVip'));
  return vipsOfTurn(turn, 'removeVip').filter((vip) => !given.has(vip));
}

async function send(gateway: Gateway, { applyId, clusterId, revision, onFailure }: StoredOrder, turn: Turn): Promise<Settlement> {
  const { directorId, definition, plan: { digest, replaces } } = turn;
  try {
    return settlementOf(await gateway.client(directorId).apply({ applyId, clusterId, revision, definition, digest, replaces, onFailure }));
  } catch (error) {
    if (error instanceof PanelError) return settlementOfFailure(error);
    throw error;
  }
}
