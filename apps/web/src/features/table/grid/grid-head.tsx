'use client';
// The heading of the table: its columns, and whether all rows are selected.
import { useTranslations } from 'use-intl';
import { columnIds, isNumber } from '../cells/columns.ts';
import type { TableHands } from '../hands/use-table.ts';
import { widthPx } from './measures.ts';
import { tickClass } from './tick-class.ts';

const cell = 'sticky top-0 z-10 h-7 border-b border-line-strong bg-panel px-1.5 text-sm font-normal text-muted';

export function GridHead({ table: { rows, selected, select } }: { table: Pick<TableHands, 'rows' | 'selected' | 'select'> }) {
  const t = useTranslations('draftTable');
  const all = rows.length > 0 && selected.size === rows.length;
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className={`${cell} w-11`}>
          <input type="checkbox" className={tickClass} aria-label={t('selectAll')} checked={all} onChange={() => select(all ? [] : rows.map(({ key }) => key))} />
        </th>
        {columnIds.map((column) => (
          <th key={column} scope="col" style={{ width: widthPx[column] ?? undefined }} className={`${cell} truncate ${isNumber(column) ? 'text-right' : ''}`}>{t(`columns.${column}`)}</th>
        ))}
      </tr>
    </thead>
  );
}
