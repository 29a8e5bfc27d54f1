'use client';
// Connections counted together: the largest groups with their shares, and how much is in all others. A group leads to its connections.
import type { ConnectionGroups } from '@weir/model';
import { DataTable, Empty, type Column } from '@weir/ui';
import Link from 'next/link';
import { useMemo } from 'react';
import { useFormatter, useLocale, useTranslations } from 'use-intl';
import { addressOf, type ConnectionsView } from '../../server/connections/filter.ts';

export interface GroupName {
  /** In the page's own words. */
  readonly text: string;
  /** What to look for to see its connections; null where nothing is just that. */
  readonly view: ConnectionsView | null;
}

interface Row {
  readonly key: string;
  /** Null where it is not told. */
  readonly count: number | null;
}

export interface GroupTableProps {
  caption: string;
  by: NonNullable<ConnectionsView['groupBy']>;
  groups: readonly Row[];
  /** Null where counts are no parts of one whole. */
  total: number | null;
  nameOf: (key: string) => GroupName;
}

export function GroupTable({ caption, by, groups, total, nameOf }: GroupTableProps) {
  const t = useTranslations('connections');
  const format = useFormatter();
  const locale = useLocale();
  const columns = useMemo((): Column<Row>[] => [
    { id: 'group', header: t(`groupings.${by}`), mono: by !== 'director', sortBy: ({ key }) => key, cell: ({ key }) => <Named {...nameOf(key)} /> },
    { id: 'count', header: t('found'), numeric: true, sortBy: ({ count }) => count, cell: ({ count }) => (count === null ? '—' : format.number(count)) },
    { id: 'share', header: t('share'), numeric: true, cell: ({ count }) => (total === 0 || total === null || count === null ? '—' : format.number(count / total, { style: 'percent', maximumFractionDigits: 1 })) },
  ], [t, by, nameOf, total, format]);
  return (
    <DataTable
      caption={caption} columns={columns} rows={groups} rowId={({ key }) => key} locale={locale} className="max-h-[32rem]"
      empty={<Empty title={t('none')} why={t('noneWhy')} />}
    />
  );
}

function Named({ text, view }: GroupName) {
  const words = <span className="break-all whitespace-normal">{text}</span>;
  return view === null ? words : <Link href={`?${addressOf(view)}`} className="text-text underline">{words}</Link>;
}

/** What is in none of the groups that are shown. */
export function Rest({ rest: { groups, connections } }: Pick<ConnectionGroups, 'rest'>) {
  const t = useTranslations('connections');
  if (connections === 0) return null;
  return <p className="px-3 py-2 text-sm text-muted">{groups === null ? t('restUncounted', { connections }) : t('rest', { groups, connections })}</p>;
}
