'use client';
// Above the table: what can be added, and what is done to the rows that are selected. Always in its place: no row moves from under the pointer.
import { Weight } from '@weir/model';
import { Button, NumberInput, Select } from '@weir/ui';
import { useState, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { methodKinds } from '../../cluster-form/definition/form-values.ts';
import type { TableEdits } from '../hands/use-table-edits.ts';
import type { TableHands } from '../hands/use-table.ts';

export interface TableToolsProps {
  table: TableHands;
  edits: TableEdits;
}

export function TableTools({ table, edits }: TableToolsProps) {
  const canvas = useTranslations('canvas');
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line px-2 py-1.5">
      <fieldset aria-label={canvas('palette')} className="flex min-w-0 flex-wrap items-center gap-1">
        <Button className="h-7" onClick={edits.addService}>+ {canvas('addService')}</Button>
        <Button className="h-7" aria-disabled={table.row === null || undefined} onClick={edits.addRealServer}>+ {canvas('addRealServer')}</Button>
      </fieldset>
      <ForSelected table={table} edits={edits} />
    </div>
  );
}

function ForSelected({ table: { selected, rest }, edits }: TableToolsProps) {
  const t = useTranslations('draftTable');
  const canvas = useTranslations('canvas');
  const count = selected.size;
  const act = (what: () => void) => () => {
    if (count === 0) return;
    what();
    rest(true);
  };
  return (
    <fieldset aria-label={t('selected', { count })} className="flex min-w-0 flex-wrap items-center gap-2">
      <output className="min-w-32 text-sm text-muted">{t('selected', { count })}</output>
      <WeightOfAll edits={edits} onSet={() => rest(true)} />
      <MethodOfAll edits={edits} />
      <Button variant="quiet" className="h-7" aria-disabled={count === 0 || undefined} onClick={act(edits.duplicate)}>{canvas('duplicate')}</Button>
      <Button variant="quiet" className="h-7" aria-disabled={count === 0 || undefined} onClick={act(edits.remove)}>{canvas('delete')}</Button>
    </fieldset>
  );
}

function WeightOfAll({ edits, onSet }: Pick<TableToolsProps, 'edits'> & { onSet: () => void }) {
  const t = useTranslations('draftTable');
  const canvas = useTranslations('canvas');
  const [typed, setTyped] = useState('');
  const weight = Weight.safeParse(/^\d+$/.test(typed.trim()) ? Number(typed) : null);
  const count = edits.realServers.length;
  const set = () => {
    if (!weight.success || count === 0) return;
    edits.setWeight(weight.data);
    onSet();
  };
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    // The form would be saved.
    event.preventDefault();
    set();
  };
  return (
    <>
      <span className="w-20">
        <NumberInput className="h-7" min={0} value={typed} aria-label={canvas('weightOfAll')} placeholder={t('columns.weight')} onChange={({ target }) => setTyped(target.value)} onKeyDown={onEnter} />
      </span>
      <Button className="h-7" aria-disabled={!weight.success || count === 0 || undefined} onClick={set}>{t('setWeightOf', { count })}</Button>
    </>
  );
}

function MethodOfAll({ edits }: Pick<TableToolsProps, 'edits'>) {
  const t = useTranslations('draftTable');
  const methods = useTranslations('methods');
  return (
    <Select
      className="w-40" aria-label={t('methodOfAll')} value="" disabled={edits.realServers.length === 0}
      options={[{ value: '', label: t('methodOfAll') }, ...methodKinds.map((value) => ({ value, label: methods(value) }))]}
      onChange={({ target }) => methodKinds.filter((kind) => kind === target.value).forEach(edits.setMethod)}
    />
  );
}
