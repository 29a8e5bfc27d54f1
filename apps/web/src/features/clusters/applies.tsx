'use client';
// What was applied lately, of a cluster or of one of its revisions, and what became of it.
import { useQuery } from '@tanstack/react-query';
import { DataTable, Empty, Panel, StatusGlyph, type Column } from '@weir/ui';
import Link from 'next/link';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { ApplySummary } from '../../server/changes/change-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { confirmationGlyph } from '../changes/confirm/confirmation-glyph.ts';
import { glyphOf, type Outcome } from '../changes/applied/outcome.ts';
import { Loaded } from '../states/loaded.tsx';
import { When } from '../time/when.tsx';

export function Applies({ clusterId, revision }: { clusterId: string; revision?: number }) {
  const t = useTranslations('applies');
  const locale = useLocale();
  const applies = useQuery(useTRPC().changes.list.queryOptions({ clusterId, ...(revision !== undefined && { revision }) }));
  const columns = useMemo((): Column<ApplySummary>[] => [
    { id: 'startedAt', header: t('startedAt'), cell: ({ id, startedAt }) => <Link href={`/changes/${id}`}><When at={startedAt} /></Link> },
    { id: 'revision', header: t('revision'), numeric: true, cell: (apply) => apply.revision },
    { id: 'author', header: t('author'), cell: ({ author }) => author },
    { id: 'outcome', header: t('outcome'), cell: ({ directors }) => <Outcomes directors={directors} /> },
  ], [t]);
  return (
    <Panel title={t('title')} padded={false}>
      <Loaded query={applies} failed={t('loadFailed')}>
        {(rows) => (
          <DataTable
            caption={t('title')} columns={columns} rows={rows} rowId={({ id }) => id} locale={locale} className="max-h-80"
            empty={<Empty title={t('empty')} why={t('emptyWhy')} />}
          />
        )}
      </Loaded>
    </Panel>
  );
}

export function Outcomes({ directors }: Pick<ApplySummary, 'directors'>) {
  const t = useTranslations('applied');
  const words = useTranslations('confirm.states');
  return (
    <ul className="flex gap-3">
      {directors.map(({ directorId, name, state, outcome, confirmation }) => {
        const word: Outcome = outcome ?? (state === 'done' ? 'unknown' : state);
        return (
          <li key={directorId ?? name} className="flex gap-1.5">
            {name} <StatusGlyph status={glyphOf[word]} label={t(`outcomes.${word}`)} showLabel />
            {confirmation !== null && <StatusGlyph status={confirmationGlyph[confirmation]} label={words(confirmation)} showLabel />}
          </li>
        );
      })}
    </ul>
  );
}
