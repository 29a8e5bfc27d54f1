'use client';
// How many connections there are in which state; a state leads to its connections.
import type { ConnectionList } from '@weir/model';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { addressOf, type ConnectionsView } from '../../server/connections/filter.ts';

/** Connections that were found, in what was read; null where that is not told. */
export function countOf({ total, states }: Pick<ConnectionList, 'total' | 'states'>): number | null {
  return total ?? states?.reduce((sum, { count }) => sum + count, 0) ?? null;
}

export interface StateCountsProps {
  list: ConnectionList;
  view: ConnectionsView;
}

export function StateCounts({ list, view }: StateCountsProps) {
  const t = useTranslations('connections');
  const format = useFormatter();
  const { states, templates } = list;
  const found = countOf(list);
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-1 px-3 py-2">
      <Count word={t('found')} count={found === null ? '—' : format.number(found)} />
      {states?.map(({ state, count }) => (
        <Count key={state} word={<Link href={`?${addressOf({ ...view, state })}`} className="font-mono text-text underline">{state}</Link>} count={format.number(count)} />
      ))}
      {templates !== null && templates > 0 && <Count word={t('templates')} count={format.number(templates)} />}
    </dl>
  );
}

function Count({ word, count }: { word: ReactNode; count: string }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-muted">{word}</dt>
      <dd className="font-mono">{count}</dd>
    </div>
  );
}
