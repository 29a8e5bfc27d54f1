// What a page says about a column of a DataTable, and what the table library makes of it.
import type { ColumnDef, Row } from '@tanstack/react-table';
import type { ReactNode } from 'react';

/** What a cell is sorted by; null is unknown and comes last in either direction. */
export type SortValue = string | number | bigint | null;

export interface Column<T> {
  id: string;
  header: ReactNode;
  cell: (row: T) => ReactNode;
  /** Makes the column sortable. */
  sortBy?: ((row: T) => SortValue) | undefined;
  /** Numbers: right-aligned, tabular, mono. One unit per column. */
  numeric?: boolean | undefined;
  /** Addresses and other words of the machine. */
  mono?: boolean | undefined;
  /** Hides the heading from sight, as over a column of buttons. */
  hideHeader?: boolean | undefined;
  /** Stays at the right edge where the table is wider than its place, such as a last column of buttons. */
  pinned?: boolean | undefined;
  /** Takes the room that the others leave, and no more: its cell cuts what is longer. */
  fills?: boolean | undefined;
  /** Not on a narrow screen, where another cell says the same. */
  wideOnly?: boolean | undefined;
}

/** Compares as people read: 10.0.0.9 before 10.0.0.10. */
export function sortOrder(locale: string): (a: SortValue | undefined, b: SortValue | undefined) => number {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  return (a, b) => {
    if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b);
    if (a === b || a === undefined || b === undefined || a === null || b === null) return 0;
    return a < b ? -1 : a > b ? 1 : 0;
  };
}

export function toColumnDefs<T>(columns: readonly Column<T>[], locale: string): ColumnDef<T>[] {
  const order = sortOrder(locale);
  return columns.map(({ id, sortBy }) => ({
    id,
    accessorFn: (row: T) => sortBy?.(row) ?? undefined,
    enableSorting: sortBy !== undefined,
    sortUndefined: 'last',
    sortingFn: (a: Row<T>, b: Row<T>) => order(a.getValue<SortValue>(id), b.getValue<SortValue>(id)),
  }));
}
