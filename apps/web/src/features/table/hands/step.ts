// Where a key leads in the table: to the next cell that the rows there have.
import { applies, columnIds, type ColumnId } from '../cells/columns.ts';
import type { TableRow } from '../rows.ts';

/** By place, not by key: where a row is gone the next one stands there. */
export interface Cell {
  readonly place: number;
  readonly column: ColumnId;
}

export type Step = 'up' | 'down' | 'left' | 'right' | 'rowStart' | 'rowEnd' | 'first' | 'last' | 'pageUp' | 'pageDown' | 'next' | 'previous';

/** Null where it leads nowhere. `pageRows` are as many as are in sight. */
export function stepFrom(rows: readonly TableRow[], { place, column }: Cell, step: Step, pageRows: number): Cell | null {
  switch (step) {
    case 'up': return inColumn(rows, place, column, -1);
    case 'down': return inColumn(rows, place, column, 1);
    case 'left': return inRow(rows, place, column, -1);
    case 'right': return inRow(rows, place, column, 1);
    case 'rowStart': return { place, column: 'name' };
    case 'rowEnd': return lastOf(rows, place);
    case 'first': return rows.length === 0 ? null : { place: 0, column: 'name' };
    case 'last': return lastOf(rows, rows.length - 1);
    case 'pageUp': return inColumn(rows, Math.max(1, place - pageRows + 1), column, -1) ?? inColumn(rows, -1, column, 1);
    case 'pageDown': return inColumn(rows, Math.min(rows.length - 2, place + pageRows - 1), column, 1) ?? inColumn(rows, rows.length, column, -1);
    case 'next': return inRow(rows, place, column, 1) ?? (place + 1 < rows.length ? { place: place + 1, column: 'name' } : null);
    case 'previous': return inRow(rows, place, column, -1) ?? lastOf(rows, place - 1);
  }
}

function inColumn(rows: readonly TableRow[], from: number, column: ColumnId, by: 1 | -1): Cell | null {
  for (let place = from + by; ; place += by) {
    const row = rows[place];
    if (row === undefined) return null;
    if (applies(row, column)) return { place, column };
  }
}

function inRow(rows: readonly TableRow[], place: number, column: ColumnId, by: 1 | -1): Cell | null {
  const row = rows[place];
  const others = by === 1 ? columnIds.slice(columnIds.indexOf(column) + 1) : columnIds.slice(0, columnIds.indexOf(column)).toReversed();
  const found = row === undefined ? undefined : others.find((each) => applies(row, each));
  return found === undefined ? null : { place, column: found };
}

function lastOf(rows: readonly TableRow[], place: number): Cell | null {
  const row = rows[place];
  const column = row === undefined ? undefined : columnIds.findLast((each) => applies(row, each));
  return column === undefined ? null : { place, column };
}
