'use client';
// One row of the table: its cells, and whether it is selected.
import { Protocol, SchedulerName, type ClusterDefinition } from '@weir/model';
import type { SelectOption } from '@weir/ui';
import { memo, useContext } from 'react';
import { useTranslations } from 'use-intl';
import type { Unsent } from '../../canvas/graph/unsent.ts';
import type { NodeKey } from '../../canvas/graph/node-key.ts';
import { methodKinds } from '../../cluster-form/definition/form-values.ts';
import type { FormFinding } from '../../cluster-form/definition/findings.ts';
import { slipsIn, type FoundAt } from '../cells/cell-marks.ts';
import { CellEditor, type CellEditorProps } from '../cells/cell-editor.tsx';
import { cellText } from '../cells/cell-text.ts';
import { CellView } from '../cells/cell-view.tsx';
import { applies, columnIds, isChosen, isNumber, isTypable, type ColumnId } from '../cells/columns.ts';
import type { Typing } from '../hands/use-table.ts';
import type { TableRow } from '../rows.ts';
import { GridFacts } from './grid-facts.ts';
import { tickClass } from './tick-class.ts';

export interface GridRowProps {
  row: TableRow;
  place: number;
  selected: boolean;
  /** Null: the keyboard is in another row. */
  active: ColumnId | null;
  typing: Typing | null;
  vips: ClusterDefinition['vips'];
  found: FoundAt | undefined;
  unsent: Unsent | null;
  onAttend: (key: NodeKey, column: ColumnId) => void;
  onType: (key: NodeKey, column: ColumnId) => void;
  onToggle: (place: number, range: boolean) => void;
  onDone: CellEditorProps['onDone'];
}

const noFindings: readonly FormFinding[] = [];

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, place, selected, active, unsent, onToggle } = props;
  const t = useTranslations('draftTable');
  const canvas = useTranslations('canvas');
  const called = useCalled(row);
  const service = row.kind === 'service';
  return (
    // The heading is the first row.
    <tr aria-rowindex={place + 2} aria-selected={selected} className={`${service ? 'font-semibold' : ''} ${selected ? 'bg-raised' : 'bg-panel'}`}>
      <td className={`h-7 border-b border-l-2 border-line p-0 pl-1 ${selected ? 'border-l-accent' : 'border-l-transparent'}`}>
        <span className="flex items-center gap-1.5">
          <input
            type="checkbox" tabIndex={-1} checked={selected} aria-label={t('selectRow', { name: called })} className={tickClass} readOnly
            onClick={(event) => onToggle(place, event.shiftKey)}
          />
          {unsent !== null && <span className="text-draft" title={canvas(`unsent.${unsent}`)}><span aria-hidden="true">◇</span><span className="sr-only">{canvas(`unsent.${unsent}`)}</span></span>}
        </span>
      </td>
      {columnIds.map((column) => (applies(row, column)
        ? <GridCell key={column} {...props} column={column} called={called} isActive={active === column} />
        : <td key={column} className="border-b border-line p-0"><span className="sr-only">{t('none')}</span></td>))}
    </tr>
  );
});

function useCalled(row: TableRow): string {
  const canvas = useTranslations('canvas');
  const { name } = row.kind === 'service' ? row.service : row.realServer;
  return name === '' ? canvas('nameless') : name;
}

function GridCell({ row, column, called, isActive, typing, vips, found, onAttend, onType, onDone }: GridRowProps & { column: ColumnId; called: string; isActive: boolean }) {
  const t = useTranslations('draftTable');
  const { nameOf, asked } = useContext(GridFacts);
  const validation = useTranslations('validation');
  const slip = slipsIn(row).get(column);
  const text = cellText(row, column, vips);
  const here = found?.get(column) ?? noFindings;
  const numeric = isNumber(column);
  const mono = numeric || column === 'address' || column === 'protocol' || column === 'scheduler';
  const wrong = (slip !== undefined && (text !== '' || asked)) || here.some(({ severity }) => severity === 'error');
  return (
    <td
      tabIndex={isActive ? 0 : -1} data-active={isActive || undefined} data-column={column} aria-invalid={wrong || undefined}
      onFocus={(event) => event.target === event.currentTarget && onAttend(row.key, column)} onDoubleClick={() => onType(row.key, column)}
      className={`relative h-7 scroll-mt-8 border-b border-line px-1.5 py-0 focus-visible:-outline-offset-2 ${numeric ? 'text-right' : ''} ${mono ? 'font-mono' : ''} ${column === 'name' && row.kind === 'realServer' ? 'pl-6' : ''}`}
    >
      {isActive && typing !== null ? (
        <Editor
          column={column} label={t('cellOf', { column: t(`columns.${column}`), name: called })} text={text} begun={typing.text} numeric={numeric} mono={mono}
          accepts={(typed) => isTypable(row, column, typed)} onDone={onDone}
        />
      ) : <CellView row={row} column={column} text={text} nameOf={nameOf} found={here} asked={asked} slip={slip === undefined ? null : validation(text === '' ? 'required' : slip.key, slip.params)} />}
    </td>
  );
}

function Editor({ column, begun, ...rest }: Omit<CellEditorProps, 'options'> & { column: ColumnId }) {
  const options = useOptions(column);
  return isChosen(column) ? <CellEditor {...rest} begun={null} options={options} /> : <CellEditor {...rest} begun={begun} />;
}

function useOptions(column: ColumnId): readonly SelectOption[] {
  const form = useTranslations('clusterForm');
  const methods = useTranslations('methods');
  const { nameOf, members } = useContext(GridFacts);
  if (column === 'protocol') return Protocol.options.map((value) => ({ value, label: value }));
  if (column === 'scheduler') return SchedulerName.options.map((value) => ({ value, label: value }));
  if (column === 'method') return methodKinds.map((value) => ({ value, label: methods(value) }));
  return [{ value: '', label: form('nobody') }, ...members.map((value) => ({ value, label: nameOf(value) }))];
}
