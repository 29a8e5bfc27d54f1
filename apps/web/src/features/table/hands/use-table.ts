'use client';
// The table of one draft on the page: where the keyboard is in it, what is being typed, and which rows are selected.
import { useCallback, useMemo, useRef, useState, type RefObject } from 'react';
import type { NodeKey } from '../../canvas/graph/node-key.ts';
import { applies, columnIds } from '../cells/columns.ts';
import type { CellPlace } from '../cells/cell-marks.ts';
import type { TableRow, TableRows } from '../rows.ts';
import type { Cell } from './step.ts';

export interface Typing {
  /** What was typed to begin with, in place of what stands there; null: it goes on from that. */
  readonly text: string | null;
}

export interface TableHands extends TableRows {
  readonly element: RefObject<HTMLDivElement | null>;
  /** Null: there are no rows. */
  readonly active: Cell | null;
  readonly row: TableRow | null;
  readonly typing: Typing | null;
  readonly selected: ReadonlySet<NodeKey>;
  /** Another one each time that what is active is to be brought into sight. */
  readonly look: Look | null;
  readonly go: (cell: Cell | null, typing?: Typing) => void;
  /** By key: it may be a row of the next draft. */
  readonly goTo: (place: CellPlace, how?: { readonly typing?: Typing; readonly keyboard?: boolean }) => void;
  /** The keyboard is there already. */
  readonly attend: (place: CellPlace) => void;
  /** Nothing is typed any more; `keyboard`: it goes back to the cell. */
  readonly rest: (keyboard: boolean) => void;
  readonly select: (keys: Iterable<NodeKey>) => void;
  readonly toggle: (key: NodeKey) => void;
  readonly selectRange: (from: number, to: number) => void;
  /** All from the last one that was toggled. */
  readonly selectTo: (place: number) => void;
}

export interface Look {
  readonly keyboard: boolean;
}

interface Attended extends CellPlace {
  /** Where it stood, should it go. */
  readonly place: number;
}

const none: ReadonlySet<NodeKey> = new Set();

export function useTable({ rows, placeOf }: TableRows): TableHands {
  const element = useRef<HTMLDivElement>(null);
  const [attended, setAttended] = useState<Attended | null>(null);
  const [typing, setTyping] = useState<Typing | null>(null);
  const [look, setLook] = useState<Look | null>(null);
  const active = useMemo(() => activeIn(rows, placeOf, attended), [attended, placeOf, rows]);
  const goTo = useCallback<TableHands['goTo']>((cell, how = {}) => {
    setAttended({ ...cell, place: placeOf.get(cell.key) ?? rows.length });
    setTyping(how.typing ?? null);
    setLook({ keyboard: how.keyboard ?? true });
  }, [placeOf, rows]);
  const attend = useCallback((cell: CellPlace) => setAttended({ ...cell, place: placeOf.get(cell.key) ?? rows.length }), [placeOf, rows]);
  const go = useCallback<TableHands['go']>((cell, next) => {
    const row = cell === null ? undefined : rows[cell.place];
    if (cell === null || row === undefined) return;
    goTo({ key: row.key, column: cell.column }, next === undefined ? {} : { typing: next });
  }, [goTo, rows]);
  const rest = useCallback((keyboard: boolean) => {
    setTyping(null);
    if (keyboard) setLook({ keyboard });
  }, []);
  const selection = useSelection(rows, placeOf);
  return { rows, placeOf, element, active, row: active === null ? null : rows[active.place] ?? null, typing, look, go, goTo, attend, rest, ...selection };
}

/** Where a row is gone, what took its place is active. */
function activeIn(rows: readonly TableRow[], placeOf: TableRows['placeOf'], attended: Attended | null): Cell | null {
  const place = Math.min(attended === null ? 0 : placeOf.get(attended.key) ?? attended.place, rows.length - 1);
  const row = rows[place];
  if (row === undefined) return null;
  const column = attended?.column ?? 'name';
  return { place, column: applies(row, column) ? column : columnIds[0] };
}

function useSelection(rows: readonly TableRow[], placeOf: TableRows['placeOf']): Pick<TableHands, 'selected' | 'select' | 'toggle' | 'selectRange' | 'selectTo'> {
  const [chosen, setChosen] = useState(none);
  const anchor = useRef<NodeKey | null>(null);
  const selected = useMemo(() => {
    const there = [...chosen].filter((key) => placeOf.has(key));
    return there.length === chosen.size ? chosen : new Set(there);
  }, [chosen, placeOf]);
  const select = useCallback((keys: Iterable<NodeKey>) => setChosen(new Set(keys)), []);
  const selectRange = useCallback((from: number, to: number) => {
    setChosen(new Set(rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ key }) => key)));
  }, [rows]);
  const toggle = useCallback((key: NodeKey) => {
    anchor.current = key;
    setChosen((before) => new Set(before.has(key) ? [...before].filter((each) => each !== key) : [...before, key]));
  }, []);
  const selectTo = useCallback((place: number) => selectRange(placeOf.get(anchor.current ?? '') ?? place, place), [placeOf, selectRange]);
  return { selected, select, toggle, selectRange, selectTo };
}
