'use client';
// VIPs that change hands with an apply: from whom to whom, and where nobody knows whether the old holder still has it, a person's word.
import { Checkbox, Notice } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { VipMove } from '../../server/changes/planning/vip-moves.ts';
import { useMay } from '../session/person.tsx';

export interface VipMovesProps {
  moves: readonly VipMove[];
  /** Directors that are stated to be off. */
  off: readonly string[];
  onOff: (off: readonly string[]) => void;
}

/** Whether a move waits for a word, or for a director that is left out: such an apply is refused. */
export function waits(moves: readonly VipMove[], off: readonly string[]): boolean {
  return moves.some(({ from }) => from.some(({ directorId, how }) => how === 'keeps' || (how === 'silent' && !off.includes(directorId))));
}

export function VipMoves({ moves, off, onOff }: VipMovesProps) {
  const t = useTranslations('changes.vips');
  const given = moves.flatMap(({ vip, to, from }) => from.filter(({ how }) => how === 'gives').map((giver) => ({ vip, to, giver })));
  const kept = moves.flatMap(({ vip, to, from }) => from.filter(({ how }) => how === 'keeps').map((keeper) => ({ vip, to, keeper })));
  const silent = new Map(moves.flatMap(({ from }) => from.filter(({ how }) => how === 'silent').map(({ directorId, name }) => [directorId, name])));
  return (
    <>
      {given.map(({ vip, to, giver }) => (
        <Notice key={`${vip} ${giver.directorId}`} tone="info" what={t('moves', { vip, from: giver.name, to: to.name })} why={t('order', { from: giver.name, to: to.name })} />
      ))}
      {kept.map(({ vip, keeper }) => (
        <Notice key={`${vip} ${keeper.directorId}`} tone="error" what={t('keeps', { vip, from: keeper.name })} why={t('split')} todo={t('keepsTodo', { from: keeper.name })} />
      ))}
      {[...silent].map(([directorId, name]) => (
        <SilentHolder
          key={directorId} name={name} vips={moves.filter(({ from }) => from.some((one) => one.directorId === directorId)).map(({ vip }) => vip)}
          stated={off.includes(directorId)}
          onState={(stated) => onOff(stated ? [...off, directorId] : off.filter((id) => id !== directorId))}
        />
      ))}
    </>
  );
}

function SilentHolder({ name, vips, stated, onState }: { name: string; vips: readonly string[]; stated: boolean; onState: (stated: boolean) => void }) {
  const t = useTranslations('changes.vips');
  const may = useMay('admin');
  return (
    <Notice
      tone="warn"
      what={t('silent', { vips: vips.join(', '), from: name })}
      why={t('split')}
      todo={may ? <Checkbox checked={stated} onChange={(event) => onState(event.target.checked)} label={t('isOff', { from: name })} /> : t('silentTodo', { from: name })}
    />
  );
}
