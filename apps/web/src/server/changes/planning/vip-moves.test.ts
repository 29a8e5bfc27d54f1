// Who gives and who takes a VIP, and in which order.
import type { PlanOperation } from '@weir/model';
import { describe, expect, it } from 'vitest';
import { inTurn, vipMoves } from './vip-moves.ts';
import type { PossibleHolder, VipTurn } from './vip-moves.ts';

const A = '192.168.8.200';
const B = '192.168.8.201';

function turn(directorId: string, { gives = [], takes = [] }: { gives?: string[]; takes?: string[] }): VipTurn {
  const operations: PlanOperation[] = [
    ...takes.map((vip): PlanOperation => ({ kind: 'addVip', vip, interface: 'eth0' })), ...gives.map((vip): PlanOperation => ({ kind: 'removeVip', vip, interface: 'eth0' })),
  ];
  return { directorId, name: directorId, operations };
}

const holder = (directorId: string, vips: string[], answers = true): PossibleHolder => ({ directorId, name: directorId, answers, vips: new Set(vips) });

describe('a VIP that changes hands', () => {
  it.each<[string, VipTurn[], PossibleHolder[], [string, string][]]>([
    ['from nobody', [turn('d1', { takes: [A] })], [holder('d1', [])], []],
    ['from who gives it in the same order', [turn('d1', { takes: [A] }), turn('d2', { gives: [A] })], [holder('d1', []), holder('d2', [A])], [['d2', 'gives']]],
    ['from who is left out of the order', [turn('d1', { takes: [A] })], [holder('d1', []), holder('d2', [A])], [['d2', 'keeps']]],
    ['from who does not answer', [turn('d1', { takes: [A] })], [holder('d2', [A, B], false)], [['d2', 'silent']]],
    ['but not another VIP', [turn('d1', { takes: [A] })], [holder('d2', [B], false)], []],
    ['not from itself', [turn('d1', { takes: [A] })], [holder('d1', [A])], []],
  ])('%s', (_, turns, holders, from) => {
    expect(vipMoves(turns, holders)).toEqual([{ vip: A, to: { directorId: 'd1', name: 'd1' }, from: from.map(([id, how]) => ({ directorId: id, name: id, how })) }]);
  });

  it('is nothing to say where none is taken', () => expect(vipMoves([turn('d1', { gives: [A] })], [holder('d1', [A])])).toEqual([]));
});

describe('the order of turns', () => {
  it.each<[string, VipTurn[], string[]]>([
    ['stays where nothing moves', [turn('d2', {}), turn('d1', {})], ['d2', 'd1']],
    ['puts the giver first', [turn('d1', { takes: [A] }), turn('d2', { gives: [A] })], ['d2', 'd1']],
    ['follows a chain', [turn('d1', { takes: [A] }), turn('d2', { gives: [A], takes: [B] }), turn('d3', { gives: [B] })], ['d3', 'd2', 'd1']],
    ['ends for two that take from each other', [turn('d1', { gives: [A], takes: [B] }), turn('d2', { gives: [B], takes: [A] })], ['d1', 'd2']],
  ])('%s', (_, turns, expected) => expect(inTurn(turns).map(({ directorId }) => directorId)).toEqual(expected));
});
