'use client';
// Above the table: what can be added, and what is done to the rows that are selected.
import { Weight } from '@weir/model';
import { Button, NumberInput, Select } from '@weir/ui';
import { useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslations } from 'use-intl';
import type { NodeKey } from '../../canvas/graph/node-key.ts';
import { SearchBox } from '../../canvas/tools/search-box.tsx';
import { methodKinds } from '../../cluster-form/definition/form-values.ts';
import type { TableEdits } from '../hands/use-table-edits.ts';
import type { TableHands } from '../hands/use-table.ts';
import { KeysHelp } from './keys-help.tsx';

export interface TableToolsProps {
  table: TableHands;
  edits: TableEdits;
  find: (text: string) => NodeKey[];
  searchRef: RefObject<HTMLInputElement | null>;
}

export function TableTools({ table, edits, find, searchRef }: TableToolsProps) {
  const t = useTranslations('draftTable');
  const canvas = useTranslations('canvas');
  const { row, selected, goTo } = table;
  const show = (key: NodeKey, keyboard: boolean) => goTo({ key, column: 'name' }, { keyboard });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-2 py-1.5">
      <fieldset aria-label={canvas('palette')} className="flex min-w-0 flex-wrap items-center gap-1">
        <Button className="h-7" onClick={edits.addService}>+ {canvas('addService')}</Button>
        <Button className="h-7" aria-disabled={row === null || undefined} onClick={edits.addRealServer}>+ {canvas('addRealServer')}</Button>
      </fieldset>
      {selected.size > 0 && <ForSelected table={table} edits={edits} />}
      <span className="ml-auto flex items-center gap-2">
        <SearchBox inputRef={searchRef} find={find} onShow={(key) => show(key, false)} onGo={(key) => show(key, true)} />
        <KeysHelp label={t('help')} />
      </span>
    </div>
  );
}

function ForSelected({ table: { selected, select, rest }, edits }: Pick<TableToolsProps, 'table' | 'edits'>) {
  const t = useTranslations('draftTable');
  const canvas = useTranslations('canvas');
  const methods = useTranslations('methods');
  const [typed, setTyped] = useState('');
  const weight = Weight.safeParse(/^\d+$/.test(typed.trim()) ? Number(typed) : null);
  const set = () => weight.success && edits.setWeight(weight.data);
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    // The form would be saved.
    event.preventDefault();
    set();
  };
  const leave = (act: () => void) => () => {
    act();
    rest(true);
  };
  return (
    <fieldset aria-label={canvas('several', { count: selected.size })} className="flex min-w-0 flex-wrap items-center gap-2">
      <output className="text-sm text-muted">{canvas('several', { count: selected.size })}</output>
      {edits.realServers.length > 0 && (
        <>
          <NumberInput className="h-7 w-16" min={0} value={typed} aria-label={canvas('weightOfAll')} placeholder={t('columns.weight')} onChange={({ target }) => setTyped(target.value)} onKeyDown={onEnter} />
          <Button className="h-7" aria-disabled={!weight.success || undefined} onClick={set}>{t('setWeightOf', { count: edits.realServers.length })}</Button>
          <Select
            className="h-7 w-40" aria-label={t('methodOfAll')} value="" options={[{ value: '', label: t('methodOfAll') }, ...methodKinds.map((value) => ({ value, label: methods(value) }))]}
            onChange={({ target }) => methodKinds.filter((kind) => kind === target.value).forEach(edits.setMethod)}
          />
        </>
      )}
      <Button variant="quiet" className="h-7" onClick={leave(edits.duplicate)}>{canvas('duplicate')}</Button>
      <Button variant="quiet" className="h-7" onClick={leave(edits.remove)}>{canvas('delete')}</Button>
      <Button variant="quiet" className="h-7" onClick={leave(() => select([]))}>{t('selectNone')}</Button>
    </fieldset>
  );
}
