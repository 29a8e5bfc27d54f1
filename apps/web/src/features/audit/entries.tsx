'use client';
// The entries that the filter has, newest first, page by page.
import { useQuery } from '@tanstack/react-query';
import { Button, DataTable, Empty, StatusGlyph, type Column, type Status } from '@weir/ui';
import { Fragment, useMemo, useState, type ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { AuditFilter } from '../../server/audit-log/filter.ts';
import { useTRPC, type Outputs } from '../../trpc/client.ts';
import { Loaded } from '../states/loaded.tsx';
import { When } from '../time/when.tsx';
import { Change } from './change.tsx';

type ActionKey = 'actions.clusters.save';
type Entry = Outputs['audit']['list']['entries'][number];

const glyphs: Record<Entry['outcome'], Status> = { done: 'up', refused: 'degraded', failed: 'down' };

export function Entries({ filter }: { filter: AuditFilter }) {
  const t = useTranslations('audit');
  const locale = useLocale();
  const columns = useEntryColumns();
  // The ends of the pages before this one; the last is where this one begins.
  const [before, setBefore] = useState<readonly bigint[]>([]);
  const begin = before.at(-1);
  const page = useQuery(useTRPC().audit.list.queryOptions({ filter, ...(begin !== undefined && { before: begin }) }));
  const next = page.data?.next ?? null;
  const why = Object.keys(filter).length > 0 ? t('nothingFound') : t('emptyWhy');
  return (
    <>
      <Loaded query={page} failed={t('loadFailed')} rows={10}>
        {({ entries }) => (
          <DataTable
            caption={t('title')} columns={columns} rows={entries} rowId={({ id }) => String(id)} locale={locale}
            empty={<Empty title={t('empty')} why={why} />}
          />
        )}
      </Loaded>
      <nav aria-label={t('pages')} className="flex gap-2 p-2">
        <Button disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>{t('newer')}</Button>
        <Button disabled={next === null} onClick={() => next !== null && setBefore([...before, next])}>{t('older')}</Button>
      </nav>
    </>
  );
}

function useEntryColumns(): Column<Entry>[] {
  const t = useTranslations('audit');
  return useMemo(() => [
    { id: 'at', header: t('at'), wideOnly: true, cell: ({ at }) => <When at={at} /> },
    { id: 'actor', header: t('actor'), wideOnly: true, cell: (entry) => <Breaking><Actor entry={entry} /></Breaking> },
    { id: 'action', header: t('action'), wideOnly: true, cell: ({ action }) => <Action action={action} /> },
    { id: 'object', header: t('object'), wideOnly: true, cell: (entry) => <Breaking><ActedOn entry={entry} /></Breaking> },
    { id: 'outcome', header: t('outcome'), wideOnly: true, cell: (entry) => <Outcome entry={entry} /> },
    { id: 'address', header: t('address'), mono: true, wideOnly: true, cell: ({ address }) => address ?? '—' },
    { id: 'change', header: t('change'), cell: (entry) => <Whole entry={entry} /> },
  ], [t]);
}

type KindKey = 'kinds.cluster';

/** Its kind in words, if there are some, and what it is called. */
function ActedOn({ entry: { objectKind, objectName, objectId } }: { entry: Entry }) {
  const t = useTranslations('audit');
  const words = `kinds.${objectKind}` as KindKey;
  return `${t.has(words) ? t(words) : objectKind} ${objectName ?? objectId ?? ''}`;
}

/** On a narrow screen all of an entry stands here. */
function Whole({ entry }: { entry: Entry }) {
  return (
    <div className="max-md:py-1.5">
      <div className="flex flex-col whitespace-normal wrap-anywhere md:hidden">
        <span className="flex flex-wrap gap-x-3 text-sm"><Outcome entry={entry} /><When at={entry.at} /></span>
        <Action action={entry.action} />
        <span><ActedOn entry={entry} /></span>
        <span className="text-sm text-muted"><Actor entry={entry} />{entry.address !== null && <> · <span className="font-mono">{entry.address}</span></>}</span>
      </div>
      <Change entry={entry} />
    </div>
  );
}

function Actor({ entry: { actorName, address } }: { entry: Entry }) {
  const t = useTranslations('audit');
  return actorName ?? (address === null ? t('panelItself') : t('nobody'));
}

function Outcome({ entry: { outcome } }: { entry: Entry }) {
  const t = useTranslations('audit');
  return <StatusGlyph status={glyphs[outcome]} label={t(`outcomes.${outcome}`)} showLabel />;
}

/** Names are as long as people make them; the table fits all the same. */
function Breaking({ children }: { children: ReactNode }) {
  return <span className="block min-w-20 whitespace-normal wrap-anywhere">{children}</span>;
}

/** In words, and by the name that the filter looks for. */
function Action({ action }: { action: string }) {
  const t = useTranslations('audit');
  const words = `actions.${action}` as ActionKey;
  return (
    <span className="flex min-w-34 flex-col whitespace-normal wrap-anywhere">
      {t.has(words) && <span>{t(words)}</span>}
      <span className="font-mono text-muted">{action.split('.').map((part, at) => <Fragment key={part}>{at > 0 && <>.<wbr /></>}{part}</Fragment>)}</span>
    </span>
  );
}
