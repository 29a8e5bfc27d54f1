'use client';
// What is done in the table as edits of the draft: each by its name, and where the keyboard is after it.
import { changeRealServers, duplicate, removeObjects, type Edit, type ForwardingMethod, type ObjectRef, type RealServer, type RealServerRef } from '@weir/model';
import { useMemo } from 'react';
import { nodeOf, refOf, serviceIdOf, serviceNode, type NodeKey } from '../../canvas/graph/node-key.ts';
import type { KnownDirector } from '../../cluster-form/definition/findings.ts';
import { methodOf } from '../../cluster-form/definition/form-values.ts';
import { newId, withNewRealServer, withNewService } from '../../cluster-form/draft/new-objects.ts';
import type { DraftEdits } from '../../cluster-form/draft/use-draft-edits.ts';
import { isShared, type ColumnId } from '../cells/columns.ts';
import { putCells } from '../cells/put-cells.ts';
import type { TableRow } from '../rows.ts';
import type { TableHands } from './use-table.ts';

export interface TableEdits {
  /** `all`: in every selected row of the same kind. */
  readonly put: (row: TableRow, column: ColumnId, text: string, all: boolean) => void;
  readonly addService: () => void;
  /** To the service of the row where the keyboard is. */
  readonly addRealServer: () => void;
  readonly duplicate: () => void;
  readonly remove: () => void;
  /** The real servers that are selected, or whose service is. */
  readonly realServers: readonly RealServerRef[];
  readonly setWeight: (weight: number) => void;
  readonly setMethod: (kind: ForwardingMethod['kind']) => void;
}

export function useTableEdits({ edit }: DraftEdits, table: TableHands, directors: readonly KnownDirector[]): TableEdits {
  const { rows, row, selected, select, goTo } = table;
  return useMemo(() => {
    const chosen = refsIn(selected.size > 0 ? selected : row === null ? [] : [row.key]);
    const realServers = selected.size === 0 ? [] : realServersIn(rows, selected);
    const added = (made: Edit | null) => {
      const [key] = made?.touched.flatMap((ref) => nodeOf(ref) ?? []) ?? [];
      if (key !== undefined) goTo({ key, column: 'name' }, { typing: { text: null } });
    };
    return {
      put: (into, column, text, all) => {
        const others = all && isShared(column) ? rows.filter(({ key }) => selected.has(key) && key !== into.key) : [];
        edit((draft) => putCells(draft, [into, ...others], column, text));
      },
      addService: () => added(edit(withNewService)),
      addRealServer: () => {
        const serviceId = row === null ? null : serviceIdOf(row.key);
        if (serviceId !== null) added(edit((draft) => withNewRealServer(draft, serviceId, directors)));
      },
      duplicate: () => {
        const made = edit((draft) => duplicate(draft, chosen, newId));
        const keys = made?.touched.flatMap((ref) => nodeOf(ref) ?? []) ?? [];
        if (keys[0] === undefined) return;
        if (selected.size > 0) select(keys);
        goTo({ key: keys[0], column: 'name' });
      },
      remove: () => {
        edit((draft) => removeObjects(draft, chosen));
        select([]);
      },
      realServers,
      setWeight: (weight) => void edit((draft) => changeRealServers(draft, realServers, { weight })),
      setMethod: (kind) => void edit((draft) => changeRealServers(draft, realServers, ({ method }: RealServer) => ({ method: method.kind === kind ? method : methodOf(kind) }))),
    };
  }, [directors, edit, goTo, row, rows, select, selected]);
}

function refsIn(keys: Iterable<NodeKey>): ObjectRef[] {
  return [...keys].flatMap((key) => refOf(key) ?? []);
}

/** Those that are selected, or whose service is. */
function realServersIn(rows: readonly TableRow[], selected: ReadonlySet<NodeKey>): RealServerRef[] {
  return rows.flatMap((row) => (
    row.kind === 'realServer' && (selected.has(row.key) || selected.has(serviceNode(row.service.id))) ? refsIn([row.key]).filter(isRealServer) : []));
}

function isRealServer(ref: ObjectRef): ref is RealServerRef {
  return ref.kind === 'realServer';
}
