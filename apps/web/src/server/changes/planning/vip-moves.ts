// VIPs that change hands with an order: in which order directors take their turn, and who may still hold what another is about to take. Pure.
import type { IpAddress, PlanOperation } from '@weir/model';

export interface Place {
  readonly directorId: string;
  readonly name: string;
}

/** What is planned for one director. */
export interface VipTurn extends Place {
  readonly operations: readonly PlanOperation[];
}

/** A director by what is known of it now; of one that does not answer, by all that was ever heard. */
export interface PossibleHolder extends Place {
  readonly answers: boolean;
  readonly vips: ReadonlySet<IpAddress>;
}

/** `gives`: its own turn takes the VIP off. `keeps`: it answers, and no turn does. `silent`: nobody knows, and nobody can tell it to. */
export interface VipMove {
  readonly vip: IpAddress;
  readonly to: Place;
  readonly from: readonly (Place & { readonly how: 'gives' | 'keeps' | 'silent' })[];
}

export function vipsOfTurn({ operations }: Pick<VipTurn, 'operations'>, kind: 'addVip' | 'removeVip'): IpAddress[] {
  return operations.flatMap((operation) => (operation.kind === kind ? [operation.vip] : []));
}

export function vipMoves(turns: readonly VipTurn[], holders: readonly PossibleHolder[]): VipMove[] {
  const givers = new Map(turns.map((turn) => [turn.directorId, new Set(vipsOfTurn(turn, 'removeVip'))]));
  return turns.flatMap((turn) => vipsOfTurn(turn, 'addVip').map((vip): VipMove => ({
    vip,
    to: { directorId: turn.directorId, name: turn.name },
    from: holders.filter(({ directorId, vips }) => directorId !== turn.directorId && (vips.has(vip) || givers.get(directorId)?.has(vip) === true))
      .map(({ directorId, name, answers }) => ({
        directorId, name, how: givers.get(directorId)?.has(vip) === true ? 'gives' : answers ? 'keeps' : 'silent',
      })),
  })));
}

/** Whoever gives a VIP up comes before who takes it. Where two take from each other the first given is first, and is refused what the other still has. */
export function inTurn<TTurn extends VipTurn>(turns: readonly TTurn[]): TTurn[] {
  const ordered: TTurn[] = [];
  let left = turns;
  while (left.length > 0) {
    const given = new Map(left.map((turn) => [turn, new Set(vipsOfTurn(turn, 'removeVip'))]));
    const waits = (turn: TTurn): boolean => vipsOfTurn(turn, 'addVip')
      .some((vip) => left.some((other) => other !== turn && given.get(other)?.has(vip) === true));
    const next = left.find((turn) => !waits(turn)) ?? left[0];
    if (next === undefined) break;
    ordered.push(next);
    left = left.filter((turn) => turn !== next);
  }
  return ordered;
}
