'use client';
// The table of a draft: of any number of rows only those in sight are drawn, and the one where the keyboard is.
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import type { ClusterDefinition } from '@weir/model';
import { Fragment, useCallback, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import type { NodeKey } from '../../canvas/graph/node-key.ts';
import { unsentOf } from '../../canvas/graph/unsent.ts';
import type { FoundAt } from '../cells/cell-marks.ts';
import { columnIds } from '../cells/columns.ts';
import type { TableHands } from '../hands/use-table.ts';
import { GridHead } from './grid-head.tsx';
import { GridRow, type GridRowProps } from './grid-row.tsx';
import { rowPx } from './measures.ts';

export interface GridProps {
  definition: ClusterDefinition;
  base: ClusterDefinition | null;
  found: ReadonlyMap<NodeKey, FoundAt>;
  table: TableHands;
  /** What its rows do. */
  acts: Pick<GridRowProps, 'onAttend' | 'onType' | 'onToggle' | 'onDone'>;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

export function Grid({ definition, base, found, table, acts, onKeyDown }: GridProps) {
  const t = useTranslations('draftTable');
  const { rows, element, active, typing, selected } = table;
  const unsent = useMemo(() => unsentOf(base), [base]);
  const activePlace = active?.place ?? null;
  const virtualizer = useVirtualizer({
    count: rows.length, estimateSize: () => rowPx, overscan: 6, getScrollElement: () => element.current,
    rangeExtractor: useCallback((range: Range) => {
      const shown = defaultRangeExtractor(range);
      return activePlace === null || shown.includes(activePlace) ? shown : [...shown, activePlace].toSorted((a, b) => a - b);
    }, [activePlace]),
  });
  const items = virtualizer.getVirtualItems();
  return (
    <div ref={element} className="relative max-h-[max(320px,calc(100dvh-400px))] overflow-auto">
      <table
        role="grid" aria-label={definition.name === '' ? t('title') : t('titleNamed', { name: definition.name })} aria-rowcount={rows.length + 1} aria-colcount={columnIds.length + 1}
        aria-multiselectable="true" className="w-full min-w-[1082px] table-fixed border-separate border-spacing-0 text-left" {...useKeyboard(table)} onKeyDown={onKeyDown}
      >
        <GridHead table={table} />
        <tbody>
          {items.map(({ index, start }, nth) => {
            const row = rows[index];
            return row !== undefined && (
              <Fragment key={row.key}>
                <Gap px={start - (items[nth - 1]?.end ?? 0)} />
                <GridRow
                  row={row} place={index} selected={selected.has(row.key)} active={activePlace === index ? active?.column ?? null : null}
                  typing={activePlace === index ? typing : null} vips={definition.vips} found={found.get(row.key)}
                  unsent={unsent(row.key, row.kind === 'service' ? row.service : row.realServer)} {...acts}
                />
              </Fragment>
            );
          })}
          <Gap px={virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </div>
  );
}

/** In the place of rows that are out of sight. */
function Gap({ px }: { px: number }) {
  return px > 0 && <tr aria-hidden="true" style={{ height: px }} />;
}

/** The keyboard is where the table says, and stays there also when what had it is gone from the page. */
function useKeyboard({ element, look, typing }: TableHands) {
  const inside = useRef(false);
  const show = useEffectEvent((keyboard: boolean) => {
    const cell = element.current?.querySelector<HTMLElement>('[data-active]');
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (keyboard && typing === null) cell?.focus({ preventScroll: true });
  });
  useLayoutEffect(() => {
    if (look !== null) show(look.keyboard);
  }, [look]);
  useEffect(() => {
    if (inside.current && document.activeElement === document.body) show(true);
  });
  return {
    onFocus: () => {
      inside.current = true;
    },
    onBlur: () => {
      inside.current = false;
    },
  };
}
