// A column heading that sorts and says how it is sorted.
'use client';
import type { ReactNode } from 'react';

interface SortableHeaderProps {
  numeric: boolean;
  hidden: boolean;
  pinned: boolean;
  wideOnly: boolean;
  sorted: 'asc' | 'desc' | false;
  onSort: (() => void) | undefined;
  children: ReactNode;
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

export function SortableHeader({ numeric, hidden, pinned, wideOnly, sorted, onSort, children }: SortableHeaderProps) {
  return (
    <th
      scope="col"
      aria-sort={onSort && (sorted ? ARIA_SORT[sorted] : 'none')}
      className={`sticky top-0 ${pinned ? 'right-0 z-20' : 'z-10'} h-7 border-b border-line bg-panel px-1.5 text-sm leading-3.5 font-normal text-muted min-[1440px]:px-2 first:border-l-2 first:border-l-transparent ${numeric ? 'text-right' : ''} ${wideOnly ? 'max-md:hidden' : ''}`}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className={`-mx-1 inline-flex min-h-6 items-center gap-1 rounded-sm px-1 hover:text-text ${numeric ? 'flex-row-reverse text-right' : 'text-left'} ${sorted ? 'text-text' : ''}`}
        >
          {children}
          <svg viewBox="0 0 8 8" className={`size-2 ${sorted ? '' : 'invisible'}`} fill="currentColor" aria-hidden="true">
            <path d={sorted === 'desc' ? 'M0 2h8L4 7Z' : 'M0 6h8L4 1Z'} />
          </svg>
        </button>
      ) : (
        <span className={hidden ? 'sr-only' : ''}>{children}</span>
      )}
    </th>
  );
}
