// A dense table: 32 px rows, sticky header, sorting, keyboard; rows stay put while pointed at.
'use client';
import {
  functionalUpdate, getCoreRowModel, getSortedRowModel, useReactTable, type Row, type SortingState, type Table,
} from '@tanstack/react-table';
import { useMemo, useState, type MouseEvent, type ReactNode } from 'react';
import { toColumnDefs, type Column } from './column.ts';
import { inHeldOrder } from './hold-order.ts';
import { SortableHeader } from './sortable-header.tsx';
import { useTableKeys, type TableKeys } from './use-table-keys.ts';

export interface TableSort {
  id: string;
  descending: boolean;
}

export interface DataTableProps<T> {
  /** Names the table; read out, not shown. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  /** Sorts words as this language does. */
  locale: string;
  selectedId?: string | undefined;
  /** Enter or a click on a row. */
  onOpen?: ((row: T) => void) | undefined;
  /** Rows whose values are old. */
  isStale?: ((row: T) => boolean) | undefined;
  initialSort?: TableSort | undefined;
  /** How it is sorted where the page keeps that, as in its address; null: in the order of `rows`. */
  sort?: TableSort | null | undefined;
  onSort?: ((sort: TableSort | null) => void) | undefined;
  /** 28 px rows, where many are seen at once; a finger gets its 40 px all the same. */
  compact?: boolean | undefined;
  /** Shown below the header when there are no rows: why, and the one action. */
  empty?: ReactNode;
  className?: string | undefined;
}

export function DataTable<T>(props: DataTableProps<T>) {
  const { columns, rows, locale, initialSort, sort, onSort } = props;
  const [own, setOwn] = useState<SortingState>(() => sortingOf(initialSort ?? null));
  const sorting = useMemo(() => (sort === undefined ? own : sortingOf(sort)), [sort, own]);
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const table = useReactTable<T>({
    data: useMemo(() => [...rows], [rows]),
    columns: useMemo(() => toColumnDefs(columns, locale), [columns, locale]),
    state: { sorting },
    onSortingChange: (change) => {
      const next = functionalUpdate(change, sorting);
      setOwn(next);
      onSort?.(next[0] === undefined ? null : { id: next[0].id, descending: next[0].desc });
      setHeld(null);
    },
    getRowId: props.rowId,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    enableSortingRemoval: false,
  });
  const sorted = table.getRowModel().rows;
  const shown = held === null ? sorted : inHeldOrder(sorted, held, (row) => row.id);
  const hold = () => setHeld(shown.map((row) => row.id));
  return (
    <div className={`relative overflow-auto ${props.className ?? ''}`}>
      <table className="w-full border-separate border-spacing-0 text-left">
        <caption className="sr-only">{props.caption}</caption>
        <Head table={table} columns={columns} />
        <Body {...props} shown={shown} onHold={hold} onRelease={() => setHeld(null)} />
      </table>
      {shown.length === 0 && props.empty}
    </div>
  );
}

function sortingOf(sort: TableSort | null): SortingState {
  return sort === null ? [] : [{ id: sort.id, desc: sort.descending }];
}

function Head<T>({ table, columns }: { table: Table<T>; columns: readonly Column<T>[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const sortable = table.getColumn(column.id);
          return (
            <SortableHeader
              key={column.id}
              numeric={column.numeric ?? false}
              hidden={column.hideHeader ?? false}
              pinned={column.pinned ?? false}
              wideOnly={column.wideOnly ?? false}
              sorted={sortable?.getIsSorted() ?? false}
              onSort={sortable?.getCanSort() ? () => sortable.toggleSorting() : undefined}
            >
              {column.header}
            </SortableHeader>
          );
        })}
      </tr>
    </thead>
  );
}

interface BodyProps<T> extends DataTableProps<T> {
  shown: readonly Row<T>[];
  onHold: () => void;
  onRelease: () => void;
}

function Body<T>(props: BodyProps<T>) {
  const { shown, onOpen, selectedId } = props;
  const openById = onOpen && ((id: string) => shown.filter((row) => row.id === id).forEach((row) => onOpen(row.original)));
  const keys = useTableKeys(shown.map((row) => row.id), selectedId, openById);
  return (
    <tbody onPointerEnter={props.onHold} onPointerLeave={props.onRelease}>
      {shown.map((row) => (
        <BodyRow
          key={row.id}
          row={row}
          columns={props.columns}
          keys={keys}
          selected={row.id === selectedId}
          stale={props.isStale?.(row.original) ?? false}
          compact={props.compact ?? false}
          onOpen={onOpen}
        />
      ))}
    </tbody>
  );
}

interface BodyRowProps<T> {
  row: Row<T>;
  columns: readonly Column<T>[];
  keys: TableKeys;
  selected: boolean;
  stale: boolean;
  compact: boolean;
  onOpen: ((row: T) => void) | undefined;
}

function BodyRow<T>({ row, columns, keys, selected, stale, compact, onOpen }: BodyRowProps<T>) {
  const click = (event: MouseEvent<HTMLTableRowElement>) => {
    const control = event.target instanceof Element && event.target.closest('a,button,input,select,label,summary');
    if (!control) onOpen?.(row.original);
  };
  const cell = `${compact ? 'h-7 max-md:h-10' : 'h-8'} border-b border-line px-1.5 whitespace-nowrap first:border-l-2 min-[1440px]:px-2`;
  // Over what scrolls beneath it.
  const pinned = `sticky right-0 ${selected ? '' : 'bg-panel'}`;
  const mark = selected ? 'bg-raised first:border-l-accent' : 'first:border-l-transparent';
  return (
    <tr
      tabIndex={row.id === keys.tabStop ? 0 : -1}
      data-row-id={row.id}
      aria-current={selected ? 'true' : undefined}
      onFocus={() => keys.onRowFocus(row.id)}
      onClick={onOpen && click}
      onKeyDown={keys.onKeyDown}
      className={`focus-visible:-outline-offset-2 ${onOpen ? 'cursor-pointer hover:bg-raised' : ''} ${stale ? 'weir-stale' : ''}`}
    >
      {columns.map((column) => (
        <td
          key={column.id}
          className={`${cell} ${mark} ${column.pinned ? pinned : ''} ${column.numeric ? 'text-right' : ''} ${column.numeric || column.mono ? 'font-mono' : ''} ${column.wideOnly ? 'max-md:hidden' : ''} ${column.fills ? 'w-full max-w-0' : ''}`}
        >
          {column.cell(row.original)}
        </td>
      ))}
    </tr>
  );
}
