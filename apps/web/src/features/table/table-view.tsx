'use client';
// The draft as a table: a row for each virtual service and each real server, their cells typed in place.
import type { ClusterDefinition } from '@weir/model';
import { Empty, Panel } from '@weir/ui';
import { useCallback, useContext, useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { useFormState } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { search } from '../canvas/graph/search.ts';
import { kindOf, type NodeKey } from '../canvas/graph/node-key.ts';
import { SearchBox } from '../canvas/tools/search-box.tsx';
import type { KnownDirector } from '../cluster-form/definition/findings.ts';
import { useDraft } from '../cluster-form/draft/use-draft-edits.ts';
import { focusField } from '../cluster-form/fields/focus-field.ts';
import { FormFacts } from '../cluster-form/fields/form-context.tsx';
import { RevealContext } from '../cluster-form/fields/reveal.ts';
import { foundAt, placesOf } from './cells/cell-marks.ts';
import { Grid } from './grid/grid.tsx';
import { GridFacts } from './grid/grid-facts.ts';
import { StatusLine } from './grid/status-line.tsx';
import { useRowActs } from './hands/use-row-acts.ts';
import { useTable } from './hands/use-table.ts';
import { useTableEdits } from './hands/use-table-edits.ts';
import { useTableKeys } from './hands/use-table-keys.ts';
import { rowsOf } from './rows.ts';
import { KeysHelp } from './tools/keys-help.tsx';
import { TableTools } from './tools/table-tools.tsx';

/** `base`: what the draft began with; null: nothing. */
export function TableView({ base }: { base: ClusterDefinition | null }) {
  const t = useTranslations('draftTable');
  const edits = useDraft();
  const { draft } = edits;
  const { directors, findings } = useContext(FormFacts);
  const table = useTable(useMemo(() => rowsOf(draft), [draft]));
  const tableEdits = useTableEdits(edits, table, directors);
  const searchRef = useRef<HTMLInputElement>(null);
  const keys = useTableKeys(table, tableEdits, () => searchRef.current?.focus());
  const acts = useRowActs(table, tableEdits);
  const nameOf = useNames(directors);
  const asked = useFormState().submitCount > 0;
  const facts = useMemo(() => ({ nameOf, members: draft.directors.map(({ directorId }) => directorId), asked }), [asked, draft.directors, nameOf]);
  const find = useCallback((text: string) => search(draft, text, nameOf).filter((key) => kindOf(key) !== 'lane'), [draft, nameOf]);
  const found = useMemo(() => foundAt(draft, findings), [draft, findings]);
  useRevealing(draft, table.goTo);
  const services = draft.services.length;
  const show = (key: NodeKey, keyboard: boolean) => table.goTo({ key, column: 'name' }, { keyboard });
  const looking = (
    <>
      <SearchBox inputRef={searchRef} find={find} onShow={(key) => show(key, false)} onGo={(key) => show(key, true)} />
      <KeysHelp label={t('help')} />
    </>
  );
  return (
    <Panel actions={looking} title={t('title')} sub={t('counts', { services, realServers: table.rows.length - services })} padded={false}>
      <GridFacts value={facts}>
        <TableTools table={table} edits={tableEdits} />
        <Grid definition={draft} base={base} found={found} table={table} acts={acts} onKeyDown={keys} />
        {services === 0 && <Empty title={t('empty')} why={t('emptyWhy')} />}
        <StatusLine row={table.row} column={table.active?.column ?? null} found={table.row === null ? undefined : found.get(table.row.key)} />
      </GridFacts>
    </Panel>
  );
}

function useNames(directors: readonly KnownDirector[]): (directorId: string) => string {
  return useCallback((id) => directors.find((director) => director.id === id)?.name ?? id, [directors]);
}

/** To the cell that shows a place of the definition; what no cell shows has a field of its own. */
function useRevealing(draft: ClusterDefinition, goTo: ReturnType<typeof useTable>['goTo']): void {
  const revealing = useContext(RevealContext);
  const lead = useEffectEvent((path: string) => {
    const [place] = placesOf(draft, path.split('.').slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part)));
    if (place === undefined) focusField(path);
    else goTo(place);
  });
  useEffect(() => revealing.by((path) => lead(path)), [revealing]);
}
