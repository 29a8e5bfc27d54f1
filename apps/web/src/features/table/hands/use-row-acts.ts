'use client';
// What the rows of the table do. Always the same functions: a row is drawn anew only when something of it changed.
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { GridRowProps } from '../grid/grid-row.tsx';
import { stepFrom } from './step.ts';
import type { TableEdits } from './use-table-edits.ts';
import type { TableHands } from './use-table.ts';

export type RowActs = Pick<GridRowProps, 'onAttend' | 'onType' | 'onToggle' | 'onDone'>;

export function useRowActs(table: TableHands, edits: TableEdits): RowActs {
  const latest = useRef({ table, edits });
  useLayoutEffect(() => {
    latest.current = { table, edits };
  });
  return useMemo(() => ({
    onAttend: (key, column) => latest.current.table.attend({ key, column }),
    onType: (key, column) => latest.current.table.goTo({ key, column }, { typing: { text: null } }),
    onToggle: (place, range) => {
      const { rows, toggle, selectTo } = latest.current.table;
      const key = rows[place]?.key;
      if (range) selectTo(place);
      else if (key !== undefined) toggle(key);
    },
    onDone: (text, { step, all = false }) => {
      const { table: { rows, row, active, go, rest }, edits: { put } } = latest.current;
      if (row === null || active === null) return;
      if (text !== null) put(row, active.column, text, all);
      const next = step === 'stay' || step === 'away' ? null : stepFrom(rows, active, step, 1);
      if (next === null) rest(step !== 'away');
      // Tab goes on typing, so that it also leads past what stays as it is.
      else if (step === 'next' || step === 'previous') go(next, { text: null });
      else go(next);
    },
  }), []);
}
