'use client';
// The keys of the table, on what it shows now.
import { useRef, type KeyboardEvent } from 'react';
import { rowPx } from '../grid/measures.ts';
import { actOnKey } from './act-on-key.ts';
import { stepFrom } from './step.ts';
import type { TableEdits } from './use-table-edits.ts';
import type { TableHands } from './use-table.ts';

export function useTableKeys(table: TableHands, edits: TableEdits, onSearch: () => void): (event: KeyboardEvent<HTMLElement>) => void {
  const { rows, row, active, element } = table;
  // Where the rows began that Shift and an arrow select.
  const from = useRef<number | null>(null);
  return (event) => {
    // A box in a heading has keys of its own.
    if (active === null || row === null || !(event.target instanceof Element) || event.target.closest('input,select,button') !== null) return;
    if (!event.shiftKey) from.current = null;
    const pageRows = Math.max(2, Math.floor((element.current?.clientHeight ?? 0) / rowPx) - 1);
    const acted = actOnKey(event, {
      onStep: (step) => table.go(stepFrom(rows, active, step, pageRows)),
      onExtend: (step) => {
        from.current ??= active.place;
        const place = Math.min(rows.length - 1, Math.max(0, active.place + (step === 'up' ? -1 : 1)));
        table.selectRange(from.current, place);
        table.go({ place, column: active.column });
      },
      onType: (text) => table.go(active, { text }),
      onToggle: () => table.toggle(row.key), onSelectAll: () => table.select(rows.map(({ key }) => key)), onClear: () => table.select([]),
      onAdd: edits.addRealServer, onDuplicate: edits.duplicate, onDelete: edits.remove, onSearch,
    });
    if (acted) event.preventDefault();
  };
}
